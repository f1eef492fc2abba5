"""What the demo county is made of: invented names, firms and jobs, set at true places of 潞州区."""

# ruff: noqa: E501

from dataclasses import dataclass
from datetime import time

COUNTY = "140403"
SEED = 20261122
PASSWORD = "lingong-demo-2026"  # nosec: the demo's own, printed at every start

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
GIVEN_MALE = [
    "建国",
    "建军",
    "志强",
    "永红",
    "国庆",
    "保平",
    "海龙",
    "晓东",
    "文斌",
    "双喜",
    "长治",
    "福生",
    "金柱",
    "玉林",
    "春生",
    "铁柱",
    "连生",
    "新民",
    "俊杰",
    "小军",
    "红卫",
    "立新",
    "树林",
    "天佑",
    "广平",
    "拴柱",
    "来福",
    "卫东",
    "满仓",
    "旭东",
    "宏伟",
    "鹏飞",
    "学军",
    "爱国",
    "治国",
    "富贵",
    "二虎",
    "占奎",
    "喜军",
    "瑞平",
]
GIVEN_FEMALE = [
    "秀兰",
    "桂英",
    "玉梅",
    "爱香",
    "春梅",
    "秀珍",
    "改花",
    "俊英",
    "巧玲",
    "凤英",
    "晓燕",
    "丽华",
    "红霞",
    "彩云",
    "月娥",
    "淑芳",
    "雪梅",
    "小芳",
    "慧敏",
    "艳红",
    "翠英",
    "润花",
    "爱莲",
    "素珍",
    "粉花",
    "金花",
    "玉芳",
    "文秀",
    "建芳",
    "海燕",
]

STREETS = [
    "英雄南路",
    "太行东街",
    "解放东路",
    "长兴路",
    "城北街",
    "延安南路",
    "府后街",
    "紫金西街",
    "东大街",
    "西大街",
    "威远门",
    "八一路",
]

STAFF = [
    ("wangfang", "王芳", "window_clerk", COUNTY),
    ("lina", "李娜", "window_clerk", COUNTY),
    ("machang", "赵敏", "station_clerk", "140403103"),
    ("huangnian", "申丽", "station_clerk", "140403104"),
    ("huwu", "郭静", "call_agent", COUNTY),
    ("weiquan", "韩磊", "rights_officer", COUNTY),
    ("peixun", "牛建平", "trainer", COUNTY),
    ("renshe", "崔志刚", "bureau_officer", COUNTY),
    ("shenji", "秦月", "auditor", COUNTY),
    ("guanli", "武军", "administrator", COUNTY),
]

STATIONS = [  # name, township code, offset north and east in degrees
    ("八一社区零工驿站", "140403004", 0.006, 0.004),
    ("桃园社区零工驿站", "140403003", -0.004, 0.006),
    ("安昌村零工驿站", "140403103", 0.012, -0.010),
    ("故驿村零工驿站", "140403103", -0.010, 0.012),
    ("黄碾村零工驿站", "140403104", 0.006, 0.007),
    ("漳村零工驿站", "140403105", -0.008, 0.005),
    ("堠北庄村零工驿站", "140403013", 0.008, 0.008),
    ("壶口村零工驿站", "140403014", -0.006, 0.010),
]


@dataclass(frozen=True)
class Work:
    """A kind of job that the demo's employers post; pay in yuan."""

    trade: str
    title: str
    pay: int
    unit: str
    begins: time
    ends: time
    break_minutes: int
    most: int
    kinds: tuple[str, ...]
    meals: bool | None = None
    bring: str = ""
    description: str = ""


WORKS = [
    Work("loader", "卸货", 220, "day", time(7, 30), time(17, 30), 60, 6, ("firm", "shop"), True, "手套", "物流车到站卸货，箱子不超过 25 公斤。"),
    Work("loader", "搬家", 200, "day", time(8), time(17), 60, 4, ("household", "shop"), True, "", "三楼，有电梯。"),
    Work("loader", "夜间装车", 28, "hour", time(20), time(2), 0, 5, ("firm",), True, "手套", "发往太原的早班车，装完就走。"),
    Work("cleaner", "开荒保洁", 180, "day", time(8), time(17), 60, 5, ("firm",), False, "", "新楼擦玻璃、清地面，工具都有。"),
    Work("cleaner", "家庭保洁", 35, "hour", time(9), time(13), 0, 1, ("household",), None, "", "两室一厅，擦窗户。"),
    Work("bricklayer", "砌墙抹灰", 320, "day", time(7), time(18), 90, 4, ("firm", "household"), True, "自己的瓦刀", "院墙和厢房。"),
    Work("labourer", "工地小工", 220, "day", time(7), time(18), 90, 8, ("firm",), True, "", "和灰、搬砖、清理。"),
    Work("painter", "刮腻子刷墙", 280, "day", time(7, 30), time(17, 30), 60, 2, ("firm", "household"), False, "", "三间房，材料已到。"),
    Work("electrician", "走线安灯", 300, "day", time(8), time(17), 60, 1, ("firm", "shop"), None, "电工证", "店面改造。"),
    Work("kitchen_helper", "饭店帮厨", 200, "day", time(9), time(20), 120, 2, ("shop",), True, "健康证", "切配、洗碗。"),
    Work("waiter", "婚宴服务员", 130, "day", time(9), time(15), 30, 8, ("shop",), True, "", "端菜、收台。"),
    Work("sorter", "快递分拣", 22, "hour", time(5, 30), time(10, 30), 0, 8, ("firm",), None, "", "早班，站着干。"),
    Work("farm_worker", "掰玉米", 200, "day", time(7), time(17), 60, 10, ("farm",), True, "", "管接送，村口集合。"),
    Work("farm_worker", "大棚摘菜", 130, "day", time(6), time(12), 0, 6, ("farm",), None, "", "西红柿和黄瓜。"),
    Work("gardener", "街心花园浇水修剪", 180, "day", time(7), time(16), 60, 4, ("firm",), None, "", ""),
    Work("security_guard", "夜班看大门", 200, "day", time(20), time(6), 60, 1, ("firm",), None, "", "两小时巡一圈。"),
    Work("factory_worker", "车间普工", 22, "hour", time(8), time(18), 60, 8, ("firm",), True, "", "坐着装配，有老师傅带。"),
    Work("elder_carer", "医院陪护", 240, "day", time(8), time(20), 60, 1, ("household",), True, "", "照看老人吃饭、走动。"),
    Work("event_crew", "招聘会搭台", 160, "day", time(6), time(12), 0, 6, ("firm",), True, "", ""),
    Work("leafleter", "发传单", 160, "day", time(9), time(17), 60, 4, ("shop",), None, "", "潞州广场一带。"),
    Work("courier", "送水", 8, "piece", time(8), time(18), 60, 2, ("shop",), None, "电动车", "按趟算。"),
]  # fmt: skip

DOUBTFUL = [  # these wait for the clerk
    Work("waiter", "招女服务员", 180, "day", time(10), time(18), 60, 3, ("shop",), True, "", "限女性，35 岁以下。"),
    Work("factory_worker", "装配工", 200, "day", time(8), time(18), 60, 6, ("firm",), True, "", "先交 200 元押金，干满三天退。"),
]  # fmt: skip

PIECEWORK = ("handcrafter", "堆锦香包缝制", 6, 400, "材料包领回家做，样品在市场窗口看。")

EMPLOYERS = [
    ("firm", "上党物流有限公司"), ("shop", "上党堆锦工坊"), ("firm", "太行建筑工程有限公司"), ("firm", "长治鑫源保洁有限公司"),
    ("firm", "潞安电子装配厂"), ("firm", "漳泽食品厂"), ("firm", "浊漳园林绿化有限公司"), ("firm", "英雄路快递分拨中心"),
    ("firm", "城建第三施工队"), ("firm", "老顶山景区服务公司"), ("firm", "会展服务有限公司"), ("firm", "北寨机械厂"),
    ("firm", "长北仓储有限公司"), ("shop", "东街王记饭店"), ("shop", "府后街涮羊肉"), ("shop", "潞州婚宴大酒楼"),
    ("shop", "西街五金店"), ("shop", "延安南路家具城"), ("shop", "八一路超市"), ("shop", "清泉送水站"),
    ("shop", "紫金街装修铺"), ("shop", "长兴路火锅店"), ("farm", "马厂镇丰收种植合作社"), ("farm", "黄碾镇蔬菜合作社"),
    ("farm", "西白兔玉米种植专业合作社"), ("farm", "堠北庄大棚合作社"), ("household", "城北街张家"),
    ("household", "太西社区李家"), ("household", "桃园郭家"), ("household", "八一社区申家"), ("household", "马厂秦家"),
    ("firm", "辛庄塑料制品厂"), ("shop", "火车站旅馆"), ("firm", "长治惠民家政服务中心"), ("farm", "漳村果园"),
]  # fmt: skip

TRADES_OF_PEOPLE = [
    (("loader", "labourer"), 9), (("labourer", "bricklayer"), 6), (("cleaner", "kitchen_helper"), 8), (("farm_worker", "loader"), 7),
    (("farm_worker", "cleaner"), 6), (("painter", "labourer"), 3), (("electrician", "plumber"), 2), (("waiter", "kitchen_helper"), 5),
    (("sorter", "factory_worker"), 6), (("security_guard", "gardener"), 4), (("elder_carer", "cleaner"), 4), (("courier", "sorter"), 3),
    (("event_crew", "leafleter"), 4), (("factory_worker", "loader"), 5), (("handcrafter", "cleaner"), 3), (("welder", "installer"), 2),
    (("bricklayer", "waterproofer"), 2), (("gardener", "farm_worker"), 4),
]  # fmt: skip

PRIORITY = ["migrant", "hard_to_place", "over_age", "out_of_poverty", "graduate", "demobilised", "disabled"]
DECLINES = ["busy", "busy", "far", "pay", "health", "other"]
GOOD_WORDS = [
    "人实在，说好的钱当天给了。",
    "干活利索，下次还找他。",
    "准时，不偷懒。",
    "活不重，饭也好。",
    "跟说的一样。",
]
BAD_WORDS = ["等了半天才开工。", "比说的累。", "来晚了。"]
