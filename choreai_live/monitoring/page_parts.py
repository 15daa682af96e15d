"""How the status page looks, and how it stays up to date."""

from typing import Final

STYLE: Final = """
:root {
  --ground: #0C0E12; --surface: #14171E; --line: #2A303C; --text: #F3F5F9;
  --second: #A3ACBB; --good: #4ADE9C; --wait: #FFC53D; --bad: #FF7A86; --track: #1D222C;
}
@media (prefers-color-scheme: light) {
  :root {
    --ground: #F4F5F8; --surface: #FFFFFF; --line: #DDE1E8; --text: #14171E;
    --second: #565F6E; --good: #0B7A4B; --wait: #8A5A00; --bad: #B4232F; --track: #E8EBF0;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--ground); color: var(--text); padding: clamp(16px, 4vw, 40px);
  font: 16px/1.45 Inter, system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
main { max-width: 880px; margin: 0 auto; display: grid; gap: 16px; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 14px; margin-bottom: 4px; }
h1 { font-size: 22px; font-weight: 650; letter-spacing: -.01em; }
h2 { font-size: 13px; font-weight: 600; color: var(--second); margin-bottom: 14px; }
.state {
  display: inline-flex; align-items: center; gap: 8px; padding: 4px 12px;
  border: 1px solid currentColor; border-radius: 99px; font-weight: 600; font-size: 14px;
}
.state::before {
  content: ""; width: 9px; height: 9px; border-radius: 50%; background: currentColor;
}
.good { color: var(--good); } .wait { color: var(--wait); } .bad { color: var(--bad); }
.source { color: var(--second); overflow-wrap: anywhere; flex-basis: 100%; }
.tiles { display: grid; gap: 12px; grid-template-columns: repeat(2, 1fr); }
@media (min-width: 640px) { .tiles { grid-template-columns: repeat(3, 1fr); } }
.tile, section {
  background: var(--surface); border: 1px solid var(--line); border-radius: 14px;
  padding: 16px 18px;
}
.tile b {
  display: block; font-size: clamp(21px, 5vw, 28px); white-space: nowrap; line-height: 1.2;
  font-weight: 650; letter-spacing: -.02em;
}
.tile b small { font-size: 15px; font-weight: 500; color: var(--second); letter-spacing: 0; }
.tile span { color: var(--second); font-size: 14px; }
.style {
  display: grid; grid-template-columns: minmax(0, 8em) 1fr 6em; gap: 12px; align-items: center;
}
.style + .style { margin-top: 10px; }
.style span:last-child { text-align: right; color: var(--second); white-space: nowrap; }
.bar { height: 12px; border-radius: 6px; background: var(--track); overflow: hidden; }
.bar svg { display: block; width: 100%; height: 100%; }
.dark { display: block; } .light { display: none; }
@media (prefers-color-scheme: light) { .dark { display: none; } .light { display: block; } }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 10px 28px; }
dl div { display: flex; justify-content: space-between; gap: 12px; }
dt { color: var(--second); } dd { font-weight: 550; text-align: right; }
.note { color: var(--bad); }
footer { color: var(--second); font-size: 13px; }
footer a { color: inherit; }
.stale { opacity: .45; }
"""

SCRIPT: Final = """
const status = document.getElementById("status");
async function refresh() {
  try {
    const answer = await fetch("/", {cache: "no-store", signal: AbortSignal.timeout(4000)});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    status.innerHTML = page.getElementById("status").innerHTML;
    document.title = page.title;
    status.classList.remove("stale");
  } catch {
    status.classList.add("stale");
    document.title = "No answer · ChoreAI Live";
  }
  setTimeout(refresh, 1000);
}
setTimeout(refresh, 1000);
"""
