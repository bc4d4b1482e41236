export const preferenceStyle = `
:root{color-scheme:light dark;--ground:#f4f5f7;--paper:#fff;--ink:#1a1d24;--soft:#5b6472;--line:#d9dde4;--accent:#1f4fd8;--on-accent:#fff;--ok:#0b6b3a;--ok-soft:#e5f6ec;--not:#7a3d00;--not-soft:#fdf0dd}
@media (prefers-color-scheme:dark){:root{--ground:#12141a;--paper:#1c1f27;--ink:#eceef3;--soft:#a7b0bf;--line:#363c48;--accent:#8fb0ff;--on-accent:#0d1530;--ok:#8fe3b3;--ok-soft:#12331f;--not:#ffc98a;--not-soft:#3a2708}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem 4rem}
.card{background:var(--paper);border:1px solid var(--line);border-radius:16px;padding:1.75rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.1rem;margin:0}p{margin:0 0 1rem;overflow-wrap:anywhere}
section{border-top:1px solid var(--line);margin-top:1.5rem;padding-top:1.5rem}
.soft{color:var(--soft);font-size:.95rem;margin:.6rem 0 0}
.done{background:var(--ok-soft);color:var(--ok);border-radius:10px;padding:.75rem 1rem;font-weight:600}
.not{background:var(--not-soft);color:var(--not);border-radius:10px;padding:.75rem 1rem;font-weight:600}
fieldset{border:0;margin:0;padding:0}legend{font-size:1.1rem;font-weight:700;padding:0;margin-bottom:.5rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;padding:.75rem 0;min-height:48px;cursor:pointer}
.choice input{flex:none;width:1.4rem;height:1.4rem;margin:.1rem 0 0;accent-color:var(--accent)}
.choice small{display:block;color:var(--soft)}
button{font:inherit;font-weight:650;width:100%;min-height:48px;padding:.6rem 1.25rem;border-radius:10px;border:2px solid var(--accent);background:transparent;color:var(--accent);cursor:pointer}
button.main{background:var(--accent);color:var(--on-accent)}
button:focus-visible,input:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
`;
