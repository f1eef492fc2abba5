"""What only a person at the desk can settle: screening, rosters, somebody without a phone, no-shows, unpaid wages."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.journeys.market import EMPLOYER, WORKER, Market, row_of, tab

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journey")]

BEGAN = timedelta(minutes=-20)


def test_a_job_that_asks_for_a_deposit_is_stopped(market: Market) -> None:
    firm = market.employer("英才服装厂")
    boss = market.phone(EMPLOYER, firm.telephone)
    boss.get_by_role("link", name="发布新活").first.click()
    boss.get_by_label("要干什么活？").fill("保洁")
    boss.get_by_label("怎么叫这个活？").fill("车间保洁")
    boss.get_by_label("几点到？").fill("08:00")
    boss.get_by_label("几点下班？").fill("17:00")
    boss.get_by_label("要几个人？").fill("2")
    boss.get_by_label("工钱多少？").fill("150")
    boss.get_by_text("管什么、带什么、怎么定人").click()
    boss.get_by_label("还有什么要说的？").fill("上岗先交押金 200 元，干满退还")
    boss.get_by_role("button", name="下一步：看一眼再发布").click()
    expect(boss.get_by_text("这样写，要等工作人员看过")).to_be_visible()
    boss.get_by_role("button", name="交给工作人员看").click()

    window = market.window()
    row_of(window, "车间保洁").get_by_role("link", name="审核").click()
    window.get_by_label("理由").fill("不能向工人收押金")
    window.get_by_role("button", name="不能发布").click()

    market.program.wait_for_message(firm.telephone, "不能向工人收押金")
    tab(boss, "招人")
    boss.get_by_role("link", name="车间保洁", exact=True).click()
    expect(boss.get_by_text("不能向工人收押金")).to_be_visible()


def test_a_roster_comes_in_and_its_errors_go_out(market: Market, tmp_path: Path) -> None:
    lines = [
        "姓名,身份证号,电话,工种",
        f"陈明,{cast.identity_number()},{cast.telephone()},保洁",
        f"韩雪,{cast.identity_number()},{cast.telephone()},瓦工",
        "杨坏行,123,,保洁",
    ]
    roster = tmp_path / "马厂镇名单.csv"
    roster.write_text("\n".join(lines), encoding="utf-8")
    window = market.window()
    window.keyboard.press("r")
    window.get_by_label("名单文件").set_input_files(roster)
    window.get_by_role("button", name="上传").click()
    expect(window.get_by_role("cell", name="陈明")).to_be_visible()
    window.get_by_role("button", name="开始导入").click()
    expect(window.get_by_role("heading", name="有错误的行")).to_be_visible()
    with window.expect_download() as sheet:
        window.get_by_role("link", name="下载错误表").click()
    assert sheet.value.path().read_bytes().startswith(b"PK")


def test_somebody_without_any_phone(market: Market) -> None:
    firm = market.employer("老顶山果园")
    window = market.window()
    window.keyboard.press("n")
    window.get_by_label("姓名", exact=True).fill("任老四")
    window.get_by_label("身份证号").fill(cast.identity_number())
    window.get_by_role("combobox", name="会干什么").fill("采摘")
    window.get_by_role("combobox", name="住在哪里").fill("马厂镇")
    window.get_by_label("已读给本人听，本人同意登记").check()
    window.get_by_role("button", name="保存并打印卡").click()
    expect(window.get_by_text("登记好了")).to_be_visible()
    shift = market.shift(firm, "摘苹果", "farm_worker", begins=timedelta(minutes=-5))

    window.get_by_role("link", name="看这个人").click()
    row_of(window, "摘苹果").get_by_role("button", name="定下").click()
    window.goto(f"{market.program.url}/desk/shifts/{shift}/")
    row_of(window, "任老四").get_by_role("button", name="到了").click()
    row_of(window, "任老四").get_by_role("link", name="记工时").click()
    window.get_by_role("button", name="算工钱").click()
    window.get_by_label("付了多少").fill("240")
    window.get_by_role("button", name="记下付款").click()
    window.get_by_role("button", name="本人说收到了").click()
    expect(window.get_by_text("已收到").first).to_be_visible()


def test_a_no_show_is_decided_by_a_person_and_contested(market: Market) -> None:
    worker, firm = market.worker("魏长顺", "carpenter"), market.employer("木石装饰")
    shift = market.shift(firm, "打柜子", "carpenter", begins=BEGAN)
    market.place(worker, shift)
    market.program.wait_for_message(firm.telephone, "还没到")

    window = market.window()
    row_of(window, "魏长顺").get_by_role("link", name="核实").click()
    window.get_by_label("原因").first.fill("电话打不通")
    window.get_by_role("button", name="记为没到").click()
    market.program.wait_for_message(worker.telephone, "可以申诉")

    phone = market.phone(WORKER, worker.telephone)
    tab(phone, "我的活")
    phone.get_by_role("link", name="打柜子").click()
    phone.get_by_role("link", name="记错了，我要申诉").click()
    phone.get_by_label("当时是怎么回事？").fill("我在东门干的，老李能作证")
    phone.get_by_role("button", name="交上去").click()
    expect(phone.get_by_text("市场正在核实")).to_be_visible()

    window.keyboard.press("d")
    row_of(window, "魏长顺").get_by_role("link", name="裁定").click()
    window.get_by_label("理由").first.fill("工头说他在东门")
    window.get_by_role("button", name="他来了").click()
    assert "成立" in market.program.wait_for_message(worker.telephone, "申诉成立")


def test_a_wage_that_has_not_come_becomes_a_case_and_is_settled(market: Market) -> None:
    worker, firm = market.worker("施建军", "painter"), market.employer("亮彩涂料")
    market.earned(worker, firm, "刷外墙", "painter")

    phone = market.phone(WORKER, worker.telephone)
    phone.get_by_role("link", name="没收到").click()
    phone.get_by_label("用工方怎么说的？").fill("说下个月再给")
    phone.get_by_role("button", name="没收到，请帮我要").click()
    expect(phone.get_by_text("我们在帮您要").first).to_be_visible()

    window = market.window()
    row_of(window, "施建军").get_by_role("link", name="办理").click()
    expect(window.get_by_text("说下个月再给")).to_be_visible()
    window.get_by_role("button", name="我来办").click()
    window.get_by_label("记一步").fill("给用工主体打了电话，答应今天付")
    window.get_by_role("button", name="记下").click()
    window.get_by_label("追回多少").fill("60")
    window.get_by_label("怎么办结的").fill("用工主体当面付清")
    window.get_by_role("button", name="办结", exact=True).click()
    expect(window.get_by_text("已办结").first).to_be_visible()
    market.program.wait_for_message(worker.telephone, "付清")
