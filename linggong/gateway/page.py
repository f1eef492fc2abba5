"""The inbox as a page for people."""

from datetime import datetime
from html import escape
from string import Template

from linggong.gateway.inbox import Received
from linggong.lib import clock
from linggong.lib.words import day_words, time_words

SHOWN = 100
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"

_PAGE = Template("""<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
$refresh<title>模拟短信收件箱</title>
<style>
body { margin: 0 auto; max-width: 36rem; padding: 1rem; font: 18px/1.5 system-ui, sans-serif;
       color: #17211c; background: #f7f5ef; }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
a { color: #14523f; }
p > a, strong > a { display: inline-block; min-height: 1.6rem; }
input, button { font: inherit; min-height: 48px; padding: 0 .75rem; box-sizing: border-box; }
input { width: 100%; margin: .25rem 0 1rem; border: 1px solid #66706a; border-radius: 4px; }
button { border: 0; border-radius: 4px; background: #14523f; color: #fff; }
ol { list-style: none; margin: 0; padding: 0; }
li { background: #fff; border: 1px solid #d9d5c9; border-radius: 8px; padding: .75rem 1rem; margin-bottom: .75rem; }
li p { margin: .25rem 0 0; overflow-wrap: anywhere; }
small { color: #55605a; }
</style>
</head>
<body>
<main>
<h1>模拟短信收件箱</h1>
$content
</main>
</body>
</html>
""")
_REFRESH = '<meta http-equiv="refresh" content="3">\n'
_MESSAGE = Template(
    '<li><strong><a href="/?telephone=$telephone">$telephone</a></strong>'
    ' <small><time datetime="$moment">$said</time></small><p>$text</p></li>'
)
_FORM = """<form action="/"><label>只看一个号码的短信<br>
<input type="tel" name="telephone" autocomplete="off"></label><button>查看</button></form>"""


def inbox_page(messages: list[Received], telephone: str) -> str:
    """The newest messages, to be read on a phone, fresh every 3 seconds; what came from outside is escaped."""
    if telephone:
        choice = f'<p>只看 {escape(telephone)} · <a href="/">看全部</a></p>'
    else:
        choice = '<p>短信没有真的发出去，都收在这里，最新的在最上面。<a href="/filter">只看一个号码</a></p>'
    shown = "".join(_message(message) for message in messages[:SHOWN]) or "<li>还没有短信。</li>"
    return _PAGE.substitute(refresh=_REFRESH, content=f"{choice}<ol>{shown}</ol>")


def filter_page() -> str:
    """Asks for a number. It stands on a page of its own, because the inbox would be refreshed under one's fingers."""
    return _PAGE.substitute(refresh="", content=_FORM)


def _message(message: Received) -> str:
    moment = datetime.fromisoformat(message.received_at)
    said = f"{day_words(clock.local(moment).date(), clock.today())} {time_words(moment)}"
    return _MESSAGE.substitute(
        telephone=escape(message.telephone),
        moment=escape(message.received_at),
        said=said,
        text=escape(message.text),
    )
