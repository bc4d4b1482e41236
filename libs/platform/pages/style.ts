/** The style of pages, unless they have one of their own: system fonts, light and dark, no scripts. Its hash is named in the page's policy. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f3f4f6;--ink:#16181d;--soft:#5b6270;--line:#e2e5ea;--accent:#4f46e5;--accent-soft:#eef0ff;
--bad:#b42318;--bad-soft:#fef3f2;--warn:#93590a;--warn-soft:#fff8eb;--ok:#0b6b4a;--ok-soft:#ecfdf5;--shadow:0 1px 2px rgb(16 24 40/.06),0 8px 24px rgb(16 24 40/.06)}
@media (prefers-color-scheme:dark){:root{--paper:#1a1d24;--ground:#101217;--ink:#eceef2;--soft:#a0a7b4;--line:#2c313b;--accent:#a5b4fc;--accent-soft:#262a45;
--bad:#fda29b;--bad-soft:#3a1a18;--warn:#fec84b;--warn-soft:#33270f;--ok:#6ce9a6;--ok-soft:#0f2e22;--shadow:none}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
.page{max-width:1360px;margin:0 auto;padding:28px 24px 64px}
.top{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 12px;margin-bottom:20px}.top h1{font-size:16px;margin:0;font-weight:650}.top p{margin:0;color:var(--soft);font-size:13.5px}
.brand{font-weight:700;color:var(--accent);letter-spacing:-.01em}
.columns{display:grid;grid-template-columns:minmax(0,1fr) 400px;gap:24px;align-items:start}
@media (max-width:1020px){.columns{grid-template-columns:minmax(0,1fr)}}
.card{background:var(--paper);border:1px solid var(--line);border-radius:14px;box-shadow:var(--shadow);overflow:hidden}
.card+.card{margin-top:20px}
.envelope{display:flex;gap:14px;padding:20px 22px 16px}.avatar{flex:none;width:42px;height:42px;border-radius:50%;display:grid;place-items:center;background:var(--accent-soft);color:var(--accent);font-weight:700;font-size:17px}
.envelope h2{margin:0;font-size:20px;line-height:1.3;letter-spacing:-.01em;overflow-wrap:anywhere}.envelope p{margin:2px 0 0;color:var(--soft);font-size:14px;overflow-wrap:anywhere}.envelope .to{color:var(--ink)}
.views input{position:absolute;opacity:0;width:1px;height:1px}
.tabs{display:flex;gap:4px;padding:0 18px 12px;border-bottom:1px solid var(--line)}
.tabs label{padding:6px 13px;border-radius:8px;font-size:13.5px;font-weight:550;color:var(--soft);cursor:pointer}.tabs label:hover{background:var(--ground)}
#desktop:checked~.tabs [for=desktop],#mobile:checked~.tabs [for=mobile],#plain:checked~.tabs [for=plain]{background:var(--accent-soft);color:var(--accent)}
#desktop:focus-visible~.tabs [for=desktop],#mobile:focus-visible~.tabs [for=mobile],#plain:focus-visible~.tabs [for=plain]{outline:2px solid var(--accent);outline-offset:1px}
.mail{background:var(--ground);display:flex;justify-content:center;height:72vh;min-height:480px}
.mail iframe{width:100%;height:100%;border:0;background:#fff;color-scheme:light}
#mobile:checked~.mail{padding:20px}#mobile:checked~.mail iframe{width:375px;max-width:100%;border:1px solid var(--line);border-radius:22px}
#plain:checked~.mail{display:none}.plain{display:none;margin:0;padding:22px;white-space:pre-wrap;overflow-wrap:anywhere;font:13.5px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;min-height:480px}
#plain:checked~.plain{display:block}
.card h3{margin:0;padding:16px 18px 12px;font-size:14.5px;font-weight:650;display:flex;align-items:center;gap:8px}
.count{font-size:12px;font-weight:600;color:var(--soft);background:var(--ground);border-radius:99px;padding:1px 8px}
.list{list-style:none;margin:0;padding:0}.list li{padding:11px 18px;border-top:1px solid var(--line);font-size:13.5px}
.list .warning{background:var(--warn-soft)}.warning b{color:var(--warn)}
.not-sent{margin:0;padding:12px 22px;background:var(--bad-soft);color:var(--bad);font-size:13.5px}
.none{margin:0;padding:0 18px 16px;color:var(--soft);font-size:13.5px}
.tokens{max-height:70vh;overflow:auto}
table{width:100%;border-collapse:collapse;font-size:13px;table-layout:fixed}th{position:sticky;top:0;background:var(--paper);text-align:left;font-weight:600;color:var(--soft);font-size:12px;padding:6px 18px;box-shadow:inset 0 -1px var(--line)}
td{padding:10px 18px;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}tr:first-child td{border-top:0}
code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
.facts{margin:0;padding:16px 18px 12px;font-size:14.5px;font-weight:650}
.small{display:block;color:var(--soft);font-size:12px;margin-top:2px}
.tag{display:inline-block;border-radius:6px;padding:1px 7px;font-size:12px;font-weight:600}.missing .tag{background:var(--bad-soft);color:var(--bad)}.fallback .tag{background:var(--warn-soft);color:var(--warn)}.empty .tag{background:var(--ground);color:var(--soft)}
.missing td{background:var(--bad-soft)}.missing .tag{background:none;padding:0}
dl{margin:0;padding:0 18px 16px;display:grid;grid-template-columns:auto minmax(0,1fr);gap:4px 14px;font-size:13px}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.notice{max-width:460px;margin:14vh auto;padding:40px 36px;text-align:center}.notice h1{font-size:22px;margin:0 0 8px;letter-spacing:-.01em}.notice p{margin:0;color:var(--soft)}
`;
