/** The style of reports: system fonts, light and dark, printable, no scripts. Its hash is named in the page's policy. */
export const reportStyle = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f3f4f6;--ink:#16181d;--soft:#545b68;--line:#e2e5ea;--accent:#4338ca;--accent-soft:#eef0ff;
--bad:#b42318;--bad-soft:#fef3f2;--warn:#8a4b08;--warn-soft:#fff8eb;--ok:#0b6b4a;--ok-soft:#ecfdf5}
@media (prefers-color-scheme:dark){:root{--paper:#1a1d24;--ground:#101217;--ink:#eceef2;--soft:#a9b0bd;--line:#2c313b;--accent:#a5b4fc;--accent-soft:#262a45;
--bad:#fda29b;--bad-soft:#3a1a18;--warn:#fec84b;--warn-soft:#33270f;--ok:#6ce9a6;--ok-soft:#0f2e22}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{max-width:980px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.25;margin:4px 0 6px;letter-spacing:-.01em}h2{font-size:18px;margin:36px 0 12px}h3{font-size:16px;margin:0;line-height:1.4}
.brand{font-weight:700;color:var(--accent);font-size:14px;margin:0}.lead{margin:0;color:var(--soft)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px;margin:24px 0 0;padding:0;list-style:none}
.tiles li,.card{background:var(--paper);border:1px solid var(--line);border-radius:12px}.tiles li{padding:14px 16px}.tiles b{display:block;font-size:24px;line-height:1.2;letter-spacing:-.01em}.tiles span{color:var(--soft);font-size:13.5px}
.card{padding:18px 20px;margin:12px 0 0}.head{display:flex;flex-wrap:wrap;gap:6px 10px;align-items:baseline}
.tag{border-radius:6px;padding:1px 8px;font-size:12.5px;font-weight:600;background:var(--ground);color:var(--soft)}
.error{background:var(--bad-soft);color:var(--bad)}.warning{background:var(--warn-soft);color:var(--warn)}.passed{background:var(--ok-soft);color:var(--ok)}
.facts{margin:8px 0 0;color:var(--soft);font-size:14px}.facts b{color:var(--ink)}
meter{width:100%;height:10px;margin:10px 0 0}meter::-webkit-meter-optimum-value{background:var(--accent)}meter::-moz-meter-bar{background:var(--accent)}
.wide{overflow-x:auto}table{width:100%;border-collapse:collapse;font-size:14px;margin-top:12px}th,td{text-align:left;padding:7px 12px 7px 0;border-top:1px solid var(--line);vertical-align:top}thead th{border-top:0}
th{font-weight:600;color:var(--soft);font-size:13px}td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
details{margin-top:12px;font-size:14px}summary{cursor:pointer;color:var(--accent);font-weight:550}a{color:var(--accent)}
ul.plain{margin:8px 0 0;padding-left:18px}.none{color:var(--soft)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media print{body{background:none}.card,.tiles li{break-inside:avoid}}
`;
