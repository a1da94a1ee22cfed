"""Text that people really type and that programs stumble over: ours, a kind each."""

NAMES = [
    "Müller-Lüdenscheidt", "O’Brien d'Arc", "Nguyễn Thị Ánh", "Ærøskøbing ẞ ß", "Σίσυφος", "Абдуррахман", "محمد بن علي",
    "שָׁלוֹם", "ርግኣት", "สวัสดี", "İsmail ıŞık", "Null", "undefined", "None", "X Æ A-12", "1e5",
]  # fmt: skip
"""What may be somebody's name, in whatever script."""
SIGNS = [
    "<script>alert(1)</script>", "\"><img src=x onerror=y>", "{{ 7*7 }}{% now 'Y' %}", "'; DROP TABLE x; --", "%s %(x)s %n",
    "&amp;&lt;b&gt;", "../../etc/passwd", "\\u0041\\n", "*fett* _kursiv_ $x$", "#set page(fill: red)", "#1;2|3,4",
    "[a](http://b)", "``a``", "a /* b */ // c", "~ -- --- ...", "\"a\" 'b'", "e\u0301 und \u00e9",
]  # fmt: skip
"""What means something to a page, a template, a shell, a database or the program that sets pages."""
FORMULAS = ["=1+1", "+49 231", "-1", "@SUM(A1)", '=HYPERLINK("x")']
"""What a spreadsheet would run."""
UNPRINTABLE = ["李小龍", "👩‍👩‍👧"]
"""What no font of the house holds: shown, found and exported, and refused with a sentence where it is printed."""
EVERY = [*NAMES, *SIGNS, *FORMULAS, *UNPRINTABLE]
