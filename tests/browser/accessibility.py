"""What every page has to stand: axe-core finds nothing, nothing runs over the side, the console is silent."""

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Targets that happen to lie under the sticky header are no defect: looked at from the top, when fonts have settled the layout.
FROM_THE_TOP = """async () => {
    await document.fonts.ready;
    scrollTo({top: 0, behavior: "instant"});
}"""
RUN = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]})).violations.map(one =>
    [one.id, one.nodes.map(node => `${node.target.join(" ")} ${node.failureSummary.split("\\n")[1]?.trim() ?? ""}`)])"""
OVER = """() => [...document.querySelectorAll("main *")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > innerWidth + 1 && !element.closest(".ww-table-wrap, .kern-sr-only, [hidden]");
}).slice(0, 5).map(element => `${element.tagName} ${element.className}`)"""
SEEN = """() => {
    const style = getComputedStyle(document.activeElement);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
}"""


def violations(page: Page) -> list:
    """Return what axe-core finds against WCAG 2.2 AA and its best practices."""
    page.evaluate(FROM_THE_TOP)
    return page.evaluate(RUN, RULES)


def run_over(page: Page) -> list[str]:
    """Return what makes the page scroll sideways; nothing where it does not."""
    if page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
        return []
    return page.evaluate(OVER) or ["the page is wider than the window"]


def focus_is_visible(page: Page) -> bool:
    """Whether the element that has the focus shows it."""
    return page.evaluate(SEEN)
