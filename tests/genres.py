r"""Small texts of genres whose brackets are no shortcodes, each with what is in brackets there."""

from __future__ import annotations

GENRES = {
    "TeX": r"""
\documentclass[12pt, a4paper]{article}
\usepackage[utf8]{inputenc}
\includegraphics[width=0.5\textwidth, keepaspectratio]{plot}
\begin{lstlisting}[language=Python, caption="A loop"]
\[ E = mc^2 \] and \\[2pt] and $[a, b]$
\draw[thick, ->] (0,0) -- (1,1); \node[draw=red] {x};
""",
    "prompts of language models": """
<s>[INST] <<SYS>> Answer briefly. <</SYS>> Why is the sky blue? [/INST] Because of scattering. </s>
[SYSTEM] You are a translator. [/SYSTEM] [USER]Hello[/USER] [MASK] [CLS] [SEP]
""",
    "logs": """
[2026-11-30 10:15:02] [error] [client 10.0.0.7:52100] File not found: /a
[main] INFO app.Server [port=8080, host=localhost] - started
10.0.0.7 - - [30/Nov/2026:10:15:02 +0000] "GET / HTTP/1.1" 200
[worker] INFO started [threads=8] now
[pool-1-thread-2] WARN [user=ann, id=17] slow query [took=1532ms]
""",
    "usage lines": """
usage: tool [-h] [--verbose] [-o FILE] [--level {low,high}] INPUT [INPUT ...]
git commit [-a | --interactive] [--author=<author>] [--] [<pathspec>...]
tar [option...] [file]...
""",
    "AsciiDoc": """
image::plan.png[Floor plan,width="50%",align="center"]
link:https://example.org/[Example] and xref:a.adoc#b[Chapter]
[source,python]
[quote, Ann, Letters]
footnote:[A note.] video::talk.mp4[width=640]
""",
    "MediaWiki": """
[[File:Map.png|thumb|alt=A map|The island]] [https://example.org/a Example]
[[Category:Maps]] [[Malta|the island]] {{cite web |url=a |title=[x] }}
""",
    "reST": """
See [CIT2002]_ and [#note]_ and [1]_.

.. [CIT2002] A book. .. [#note] A footnote.
.. image:: plan.png [not an option]
""",
    "C#": """
[Serializable]
[Obsolete("Use Other", error: true)]
[DllImport("user32.dll", CharSet = CharSet.Auto)]
public int this[int index] { get; set; }
[HttpGet("{id}")] [Range(1, 10, ErrorMessage = "bad")]
""",
    "Angular": """
<app-item [item]="current" (done)="close($event)" [class.on]="isOn" [(ngModel)]="name"></app-item>
<img [src]="url" [attr.alt]="text">
""",
    "CSS": """
a[href^="https"], input[type="text"], [data-state="open"] { color: red }
[dir=rtl] .x, td[colspan="2"]::before { content: "[x]" }
""",
    "DOT": """
digraph { node [shape=box, style="filled"]; a -> b [label="yes", color=red]; c [label=<x>]; }
""",
    "TOML": """
[package]
name = "x"
[[bin]]
[dependencies.serde]
features = ["derive", "std"]
""",
    "Org": """
* TODO Write [2/5] [40%]
[[https://example.org][Example]] [2026-11-30 Mon] <2026-11-30 Mon>
#+CAPTION: A plan [fn:1]
""",
    "PGN": """
[Event "Club match"]
[Date "2026.11.30"]
[White "Ann"] [Black "Ben"]
1. e4 e5 2. Nf3 {[%clk 0:10:00]} Nc6
""",
    "regular expressions": r"""
^[A-Za-z_][\w-]*$ | [^\]]+ | [a-z_ /]+ | (?:\[[^\]]*\])? | [+-]?[0-9]{1,3} | \[gallery.*?\]
""",
    "link lists": """
- [gallery](/gallery) and [video](https://example.org "A video")
- [![audio](a.png)](b) and [contact-form-7](https://example.org/plugins)
[Read more](/more) [1](#one)
""",
    "forum posts": """
[quote="Ann"]I said[/quote] [b]bold[/b] [url=https://example.org]a link[/url]
[URL="https://example.org"]A[/URL] [img]https://example.org/a.png[/img]
[list][*]one[/list] [color=red]r[/color]
""",
    "console markup": """
[bold red]Error:[/bold red] no such file [dim](1.2s)[/dim] [green]ok[/green] [italic]a[/italic]
""",
    "medical abstracts": """
The risk was higher [odds ratio = 1.8; 95% CI = 1.2-2.7; P = 0.004] than before [3-5].
Patients [n = 120, mean age = 63 years] were followed [median (range): 4 (1-9) years].
""",
    "YAML": """
tags: [news, "a, b", x=1]
matrix: {python: [3.11, "3.12"]}
args: ["--name=value"]
""",
    "shell": """
if [ "$1" = "yes" ] && [[ -f a.txt ]]; then echo "${list[0]}"; fi
test [ -z "$x" ] || exit 1; arr[1]="two"
""",
    "asides of writers": """
I went home [sic] and [...] slept. [rant]Why?[/rant] [edit] Fixed.
[citation needed] [spoiler]He dies.[/spoiler]
""",
}
"""Texts that no reader takes for shortcodes."""

CANNOT_KNOW = {
    "an option of TeX after a space": r"\node [inner sep=0pt] {x};",
    "an assignment in a log": "[server port=8080 host=localhost] started",
}
"""Texts in which a rule cannot know: the brackets hold what a shortcode would."""
