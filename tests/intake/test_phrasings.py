"""The ways in which people say one thing, each in messages of several shapes: all must read alike."""

import pytest

from linggong.intake import read
from tests.intake.phrasing import PLACE_SHAPES, SATURDAY, SHAPES, cases, items

COUNTS = {
    1: "一名 招一个 来1人 1位 一个人",
    2: "俩人 2名 二位 两个人 招俩",
    3: "3名 三个 要3个 缺三个人 招三名 人数：3 需3人 三位师傅 用三人 来仨",
    6: "5-6人 五六个人 五到六名 6人 共6人 要五六个",
    8: "七八个 七八名 7到8个人 8名左右",
    10: "十来个 十名 要10个人 十个人左右 10来个",
    20: "二十名 20人左右 一二十个人 二十来人",
    None: "若干 数名 多名",
}
PAY = {
    (
        300,
        300,
        "day",
    ): "300一天 一天300 300/天 日薪300 每天300元 三百一天 300块钱一天 日工资300 300元/日 300/人/天 一天给三百 一工300 "
    "三百一工 每日三百元 300/工 一个工300 ￥300/天 工价300一天 日结300 一天三百块 工资300/天 300元每天 每人每天300",
    (350, 350, "day"): "三百五一天 日薪三百五 一天350块 350/天 一天三百五",
    (180, 180, "day"): "一百八一天 180一天 日工资180元 每天一百八十元 一天给一百八",
    (300, 350, "day"): "300-350一天 三百到三百五一天 日薪300~350 每天三百至三百五 300到350/天 一天300-350",
    (
        5000,
        5000,
        "month",
    ): (
        "5000一个月 月薪5000 5000/月 五千一月 每月五千元 月工资5千 一个月五千 月薪5k "
        "5000元/月 工资5000/月 月薪五千元整 每月5000"
    ),
    (4000, 6000, "month"): "4000-6000/月 月薪四千到六千 月工资4-6千 四五六千 每月4000至6000元".replace(" 四五六千", ""),
    (1200, 1500, "month"): "月薪1200-1500 一千二到一千五一个月 每月1200~1500元",
    (30, 30, "piece"): "一平30 30一平 每平米30元 30/㎡ 每平方三十块 30元一平米 单价30一平 按平方算，一平30",
    (6.5, 6.5, "piece"): "一平六块五 六块五一平 每平六块五",
    (0.8, 1.2, "piece"): "八毛到一块二每件 一件八毛到一块二",
    (0.35, 0.35, "piece"): "一斤三毛五 三毛五一斤",
    (0.5, 0.5, "piece"): "一块砖五毛 一个5毛 每块0.5元 五毛一块",
    (20, 20, "hour"): "20一小时 时薪20 每小时20元 20/h 20元/小时 一个小时二十 二十块钱一小时 小时工资20",
    (1500, 1500, "job"): "总价1500 一口价1500 包工1500 1500包干 一共给1500 包清工1500",
    (None, None, None): "工资面议 价格面谈 待遇从优",
}
HOURS = {
    (
        "07:00",
        "18:00",
    ): "早7点到晚6点 7:00-18:00 "
    "早上七点至下午六点 7点到18点 早七晚六 上午7点-下午6点 7:00至18:00 七点到六点 早7:00—晚6:00 "
    "从早上7点干到下午6点 早七点到后晌六点 早7晚6 7点-18点 上班时间7:00-18:00 早晨7点至傍晚6点",
    ("07:30", "17:30"): "早7点半到晚5点半 7:30-17:30 七点半到五点半 早上7:30到下午5:30 7点半-17点半 早7:30晚5:30",
    (
        "20:00",
        "06:00",
    ): "晚8点到早6点 20:00-6:00 晚上八点至凌晨六点 晚8点-次日6点 夜班20:00到次日6:00 晚8点到第二天早上6点",
    ("16:00", "01:00"): "四点到凌晨一点",
    ("09:00", "18:00"): "早上九点上晚上六点下",
    ("06:00", None): "早上6点集合 早六点上班 6点到岗 早晨六点开工",
}
DATES = {
    "2026-11-21": "今天就要 今天开工 今晚开始",
    "2026-11-22": "明天 明天开工 明早到岗 明日进场 明儿就干 星期天开工 22号上班",
    "2026-11-23": "后天 后天开工 下周一上班 礼拜一进场 23日开始 11月23日起 周一开工",
    "2026-11-24": "农历十月十六开工 阴历十月十六进场",
    "2027-01-27": "腊月二十开工 腊月二十那天上班",
    "2027-02-13": "正月初八开工 过完年正月初八进场",
    "2026-11-25": "25号进场 11月25日开始 周三开工 二十五号到岗 本月25日上工 下周三开工 11月25号动工 11.25开工",
    "2026-12-01": "12月1号起 下月1号开工 十二月一日开始 12月1日进场",
    None: "马上用人 长期有活 随时上岗 每月10号发工资 周末休息",
}
DAYS = {
    3: "干三天 三天活 工期3天 大概三天 用三天 需3天 一共三天 为期三天 3天左右 连干三天",
    7: "干一个星期 工期一周 干七天 预计一周",
    15: "半个月内交活 半个月的活 干半个月 工期15天 大约十五天",
    30: "工期一个月 干一个月",
    None: "工钱三天一给 身份证保管三个月 长期 长期干 每月休4天 三天一结 试工两天",
}
SETTLEMENT = {
    "daily": (
        "日结 当天结 当日结清 天天结 一天一结 当天付 下班就给钱 当晚给 日清 曰结 "
        "每天晚上结 工资天天清 收工扫码给 每天收工后付 工资当日结算 干一天结一天 每天现结 收工就结 当天红包结 当夜点钱"
    ),
    "weekly": "按周算钱 按星期算账 周结 一周一结 每周结 每周五发工资 按周结算 每周六结一次工钱",
    "monthly": (
        "每月20日准时出粮 按月算钱 月底出粮 月结 按月结算 每月15号发工资 月底结 "
        "月底发工资 工资月结 次月10号发 每月10号开支 月底总算"
    ),
    "on_completion": (
        "干完结 干完就结 完工结清 活完给钱 干完给钱 做完付款 完工付清 完活结账 验收合格付款 结束就结 完事给钱 "
        "抓完拿钱走人 满意当场付 干够三天一起给"
    ),
}
PLACES = (
    "人民路足之道 步行街欢乐颂 靖宇街老刘烤肉 建设路阿香米线 南大街老北京涮肉 锦绣江南3期 铁路宿舍4排 金地格林8栋 "
    "时代天街三楼 万象城负一层 印象城四楼 港区圆通分拨 空港云仓 东客站 马庄 李家塬 刘集 "
    "中牟官渡 嘉定江桥 扶绥东罗 长清 定边 鄂尔多斯康巴什 盐湖区 都江堰 浏阳 看守所 党校 高铁段 三号地块"
)
AGES = {
    (
        None,
        50,
    ): "50岁以下 不超过50岁 五十岁以内 50以下 限50岁以下 年龄50以下 50周岁以下 年龄不超过五十 五十以下 50岁封顶",
    (18, 50): "年龄18-50 18到50岁 18-50周岁 年龄在18至50之间 十八到五十岁 18~50岁 年龄要求18-50岁",
    (18, None): "18岁以上 满18周岁 年满十八岁 十八周岁以上",
    (None, None): "年龄不限 年龄无要求 男女老少都行",
}
GENDER = {
    ("male", True): "不招女工 女的不要 限男性 只要男的 男工 要男的 男士 男",
    ("female", True): "限女性 女工 只招女的 女士 要女的 女",
    ("male", False): "男士优先 男性优先 最好是男的",
    ("female", False): "女士优先 女性优先 女的优先 偏向女性",
    (None, False): "男女不限 男女均可 男女都行 不限男女 性别不限 男女都要",
}
CERTIFICATES = {
    ("健康证",): "需健康证 要有健康证 持健康证 健康证必须有 有健康证",
    ("低压电工证",): "持低压电工证 有低压电工证 需要低压电工证 低压电工证",
    (): "无需健康证 不需要任何证 不用健康证 带身份证 带身份证复印件",
}


@pytest.mark.parametrize(("phrase", "people"), cases(COUNTS))
def test_numbers_of_people(phrase: str, people: int | None) -> None:
    assert [item["headcount"] for item in items(phrase)] == [people] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "pay"), cases(PAY))
def test_pay(phrase: str, pay: tuple[float, float, str]) -> None:
    assert [(item["pay_min"], item["pay_max"], item["pay_unit"]) for item in items(phrase)] == [pay] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "hours"), cases(HOURS))
def test_hours(phrase: str, hours: tuple[str, str | None]) -> None:
    assert [(item["start_time"], item["end_time"]) for item in items(phrase)] == [hours] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "day"), cases(DATES))
def test_first_days(phrase: str, day: str | None) -> None:
    assert [item["start_date"] for item in items(phrase)] == [day] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "days"), cases(DAYS))
def test_lengths(phrase: str, days: int | None) -> None:
    assert [item["days"] for item in items(phrase)] == [days] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "settlement"), cases(SETTLEMENT))
def test_settlement(phrase: str, settlement: str) -> None:
    assert [item["settlement"] for item in items(phrase)] == [settlement] * len(SHAPES)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("滨江公园附近", "滨江公园"),
        ("铸件厂在霍州大张镇", "霍州大张镇"),
        ("龙湾在建小区", "龙湾在建小区"),
    ],
)
def test_a_place_is_told_without_what_is_there_and_what_is_only_near(written: str, place: str) -> None:
    (item,) = read(f"招保洁2名，一天150，{written}，13812345678", SATURDAY).items
    assert item.place is not None and item.place.value == place


@pytest.mark.parametrize("place", PLACES.split())
def test_places(place: str) -> None:
    for shape in PLACE_SHAPES:
        (item,) = read(shape.format(place), SATURDAY).as_schema()["items"]
        assert item["place"] in place or place in item["place"]


@pytest.mark.parametrize(("phrase", "ages"), cases(AGES))
def test_ages(phrase: str, ages: tuple[int | None, int | None]) -> None:
    assert [(item["age_min"], item["age_max"]) for item in items(phrase)] == [ages] * len(SHAPES)


@pytest.mark.parametrize(("phrase", "asked"), cases(GENDER))
def test_sex(phrase: str, asked: tuple[str | None, bool]) -> None:
    sex, firm = asked
    for item in items(phrase):
        assert item["gender"] == sex
        assert item["flags"] == (["gender_restriction"] if firm else [])


def test_one_item_may_be_for_one_sex_though_another_is_for_both() -> None:
    message = "招托班老师2名，月薪3200，限女性；帮厨1名，月薪2600，男女不限。龙湾花园，13812345678"
    asked = [(item.gender and item.gender.value) for item in read(message, SATURDAY).items]
    assert asked == ["female", None]


@pytest.mark.parametrize(("rest", "flagged"), [("", True), ("，中间休两个钟头", False), ("，歇半小时", True)])
def test_rest_within_the_day_is_no_working_time(rest: str, flagged: bool) -> None:
    (item,) = read(f"招缝纫工30名，早7:30到晚9:00{rest}，月结，13812345678", SATURDAY).items
    assert ("excessive_hours" in [flag.value for flag in item.flags]) == flagged


@pytest.mark.parametrize("called", ["大姐们！", "各位大姐，", "亲爱的姐妹们！", "兄弟们，"])
def test_whom_a_message_calls_to_is_not_whom_alone_it_wants(called: str) -> None:
    (item,) = read(f"{called}瓦工三名，龙湾花园，13812345678", SATURDAY).as_schema()["items"]
    assert (item["gender"], item["flags"]) == (None, [])


KINDS = {
    "seeker": "理发十六年，烫染剪全会，找店|哪里要贴砖的，四个人的班子|有没有招司机的，A2本"
    "|周末能上门辅导数学，师范毕业|五个人能摘苹果，自带剪刀|电焊氩弧焊都有证，要350一天|帮我爸问问，看门看仓库都行"
    "|要活：刮腻子、喷漆，自己有升降梯|兄弟仨，拆墙砸地砖都来|想上夜班，保安门卫都成",
    "other": "摘柿子的够数了，没轮上的下回再喊|空调以旧换新，最高补贴2000|顺风车还有两个座，十块一位"
    "|房东直租，月租600，水电另算|60挖机、铲车对外出租|搬家那单有人接了，谢谢各位|本人手机号换了，惠存"
    "|公益性岗位啥时候报名|感谢驿站帮我要回来两千三的工钱",
    "job": "手工活带回家做，一串一毛，七十岁奶奶都能做|月嫂五名，12800每月，健康证齐|同城跑腿，一单6块，不收任何加盟费"
    "|给苹果贴字，一个三分，手快的来|租赁站装卸钢管，一天240"
    "|零散杂工常年收人，看天派活，一天160|陪练老师，每课时60，初二初三的学生想来也收",
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts.split("|")])
def test_who_wants_work_and_who_wants_workers(kind: str, text: str) -> None:
    assert read(f"{text}，13812345678", SATURDAY).kind == kind


@pytest.mark.parametrize(("phrase", "papers"), cases(CERTIFICATES))
def test_certificates(phrase: str, papers: tuple[str, ...]) -> None:
    assert [item["certificates"] for item in items(phrase)] == [list(papers)] * len(SHAPES)


@pytest.mark.parametrize(
    "written",
    [
        "1三9 1234 五678",
        "一三九 1234 5678",
        "139 1234 5678",
        "139-1234-5678",
        "１３９１２３４５６７８",
        "+86 13912345678",
        "139.1234.5678",
    ],
)
def test_mobiles(written: str) -> None:
    assert all("13912345678" in item["phone"] for item in items(f"电话{written}"))


@pytest.mark.parametrize(
    "written",
    ["0357-2234567", "(0357)2234567", "0357 - 223 4567", "0357 2234567", "03572234567", "（０３５７）２２３４５６７"],
)
def test_landlines(written: str) -> None:
    assert all("03572234567" in item["phone"] for item in items(f"座机{written}"))


@pytest.mark.parametrize(
    "written", ["微信wx13912345678", "QQ 1391234567890", "身份证140121199001011234", "加群 139123"]
)
def test_what_is_no_telephone(written: str) -> None:
    for shape in SHAPES:
        (item,) = read(shape.format(written), SATURDAY).as_schema()["items"]
        assert item["phone"] == ["13812345678"]
