package cofferdam.scenarios.report;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.scenarios.report.page.ReportPage;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The page in a real browser, opened as a file. */
class ReportBrowserTest {

    private static final List<String> SCENARIOS =
            List.of("promiscuous-capture", "mac-spoofing", "image-string-search");
    private static final List<String> POLICIES =
            List.of("hardened", "esx-1.5.2", "virtual-server-1.0");
    private static final String SHOWN_ROWS =
            "[...document.querySelectorAll('#matrix-table tbody tr')].filter(r => !r.hidden).map(r => r.querySelector('.scenario').textContent + ' ' + r.querySelector('.name').textContent).join('|')";
    private static final int TAB = 9;
    private static final int ENTER = 13;

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static URI page;
    private static Report report;

    @BeforeAll
    static void start() throws Exception {
        Browser.require();
        report = SampleRuns.report(SampleRuns.runs(SCENARIOS, POLICIES));
        page = write("report.html", ReportPage.html(report));
        browser = Browser.start(Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    private static URI write(String name, String html) throws Exception {
        return Files.writeString(folder.resolve(name), html).toUri();
    }

    private static List<String> rows() throws Exception {
        String text = browser.text(SHOWN_ROWS);
        return text.isEmpty() ? List.of() : List.of(text.split("\\|", -1));
    }

    private static String status() throws Exception {
        return browser.text("document.getElementById('status').textContent");
    }

    /**
     * Waits until an expression is true: following a link and telling the page so are tasks of the
     * browser that come after the click's answer.
     */
    private static void await(String expression) {
        Awaitility.await(expression)
                .pollInSameThread()
                .until(() -> browser.evaluate(expression).asBoolean());
    }

    @Test
    void thePageLoadsNothingElseAndNothingIsRefused() throws Exception {
        browser.open(page);

        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).containsExactly(page.toString());
        assertThat(browser.text("document.compatMode")).isEqualTo("CSS1Compat");
    }

    @Test
    void theTestSeesWhatThePolicyOfThePageRefuses() throws Exception {
        browser.open(page);
        browser.evaluate("""
                (() => { const s = document.createElement('script'); s.textContent = 'window.harmed = 1';
                document.body.append(s); const i = document.createElement('img'); i.src = 'x.png';
                i.setAttribute('onerror', 'window.harmed = 1'); document.body.append(i);
                try { eval('1'); } catch (refused) {}
                document.body.setAttribute('style', 'color: red'); })()""");

        assertThat(browser.text("typeof window.harmed")).isEqualTo("undefined");
        assertThat(browser.complaints().toString())
                .contains("ContentSecurityPolicyIssue")
                .contains("script-src")
                .contains("img-src")
                .contains("style-src");
    }

    @Test
    void textFilterKeepsTheRowsThatHaveEveryWord() throws Exception {
        browser.open(page);
        int all = rows().size();
        browser.click("#text-filter");
        browser.type("SPOOFING connect");

        assertThat(rows()).containsExactly("mac-spoofing connectivity");
        assertThat(status()).isEqualTo("1 of %d rows, 3 of 3 policies shown".formatted(all));
        assertThat(browser.number(
                        "[...document.querySelectorAll('.chapter')].filter(c => !c.hidden).length"))
                .isEqualTo(1);

        browser.click("#reset");

        assertThat(rows()).hasSize(all);
        assertThat(browser.text("document.getElementById('text-filter').value")).isEmpty();
    }

    @Test
    void textFilterFindsStandards() throws Exception {
        String standard = report.chapters().getFirst().standards().getFirst();
        browser.open(page);
        browser.click("#text-filter");
        browser.type(standard);

        assertThat(rows())
                .isNotEmpty()
                .allMatch(row -> report.chapters().stream()
                        .filter(chapter -> row.startsWith(chapter.scenario() + " "))
                        .allMatch(chapter -> chapter.standards().contains(standard)));
    }

    @Test
    void verdictFilterKeepsTheRowsThatHaveSuchAVerdict() throws Exception {
        browser.open(page);
        List<String> violated = report.rows().stream()
                .filter(row -> row.cells().stream()
                        .anyMatch(cell -> cell.orElseThrow().outcome() == Outcome.VIOLATED))
                .map(row -> row.scenario() + " " + row.property())
                .toList();
        for (String verdict : List.of("upheld", "not-applicable")) {
            if (report.rows().stream()
                    .anyMatch(row -> row.cells().stream()
                            .anyMatch(
                                    cell -> cell.orElseThrow().outcome().key().equals(verdict)))) {
                browser.click("input[name=verdict][value=%s]".formatted(verdict));
            }
        }

        assertThat(rows()).isEqualTo(violated).hasSizeLessThan(report.rows().size());
        assertThat(
                        browser.text(
                                "[...new Set([...document.querySelectorAll('[data-columns]')].filter(a => !a.hidden).map(a => a.dataset.outcome))].join()"))
                .isEqualTo("violated");
        assertThat(
                        browser.number(
                                "[...document.querySelectorAll('td.upheld')].filter(c => !c.classList.contains('dimmed')).length"))
                .isZero();
    }

    @Test
    void policyFilterHidesTheColumnInHeadBodyAndFoot() throws Exception {
        browser.open(page);
        browser.click(".choices > summary");
        browser.click("input[name=policy][value='2']");

        assertThat(
                        browser.number(
                                "[...document.querySelectorAll('[data-column=\"2\"]')].filter(c => c.offsetParent !== null).length"))
                .isZero();
        assertThat(
                        browser.number(
                                "[...document.querySelectorAll('thead [data-column]')].filter(c => c.offsetParent !== null).length"))
                .isEqualTo(2);
        assertThat(status()).endsWith("2 of 3 policies shown");
    }

    @Test
    void onlyUnexpectedVerdictsAreKeptOnDemand() throws Exception {
        browser.open(page);
        browser.click("#only-unexpected");

        assertThat(rows()).hasSize((int) report.rows().stream()
                .filter(row -> row.cells().stream()
                        .anyMatch(cell -> !cell.orElseThrow().result().isAsItShouldBe()))
                .count());
    }

    @Test
    void aColumnSortsByVerdictTheWorstFirstThenTheBestThenAsItWas() throws Exception {
        browser.open(page);
        List<String> asItWas = rows();
        String order =
                "[...document.querySelectorAll('tbody td[data-column=\"2\"][data-rank]')].filter(c => c.closest('#matrix-table')).map(c => c.dataset.rank).join('')";
        String sorted = "document.querySelector('th[data-column=\"2\"]').getAttribute('aria-sort')";

        browser.click("th[data-column='2'] .sort");
        assertThat(browser.text(order))
                .isEqualTo(PageProbes.inOrder(browser.text(order), 1))
                .startsWith("0");
        assertThat(browser.text(sorted)).isEqualTo("ascending");
        assertThat(status()).isEqualTo("Rows sorted by virtual-server-1.0, worst first");

        browser.click("th[data-column='2'] .sort");
        assertThat(browser.text(order)).isEqualTo(PageProbes.inOrder(browser.text(order), -1));
        assertThat(browser.text(sorted)).isEqualTo("descending");

        browser.click("th[data-column='2'] .sort");
        assertThat(rows()).isEqualTo(asItWas);
        assertThat(browser.text(sorted)).isEqualTo("none");
    }

    @Test
    void rowsSortByName() throws Exception {
        browser.open(page);
        browser.click("th.corner .sort");

        assertThat(rows()).isSorted().hasSize(report.rows().size());
    }

    @Test
    void aVerdictLeadsToItsStoryAndOpensIt() throws Exception {
        browser.open(page);
        String account = browser.text(
                "document.querySelector('td.violated a').getAttribute('href').slice(1)");
        browser.click("td.violated a");

        await("location.hash === '#%s'".formatted(account));
        await("document.getElementById('%s').open".formatted(account));
        await(
                "(() => { const b = document.getElementById('%s').getBoundingClientRect(); return b.top < innerHeight && b.bottom > 0; })()"
                        .formatted(account));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aVerdictWhoseStoryIsFilteredAwayIsShownAllTheSame() throws Exception {
        browser.open(page);
        browser.click("#text-filter");
        browser.type("no such scenario");
        browser.evaluate("location.hash = document.querySelector('td.violated a').hash");

        await("[...document.querySelectorAll('#matrix-table tbody tr')].every(r => !r.hidden)");
        assertThat(rows()).hasSize(report.rows().size());
    }

    @Test
    void everyLinkWithinThePageLeadsSomewhere() throws Exception {
        browser.open(page);

        assertThat(
                        browser.text(
                                "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1)).filter(id => document.querySelectorAll('#' + id).length !== 1).join()"))
                .isEmpty();
        assertThat(
                        browser.text(
                                "(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, at) => ids.indexOf(id) !== at).join(); })()"))
                .isEmpty();
    }

    @Test
    void linksLeadToFilesOfTheBundleBesideThePage() throws Exception {
        browser.open(page);
        String expected = folder.resolve("bundle/promiscuous-capture").toUri().toString();

        assertThat(
                        browser.text(
                                "[...document.querySelectorAll('a')].filter(a => a.textContent === 'captures/vm2.pcapng')[0].href"))
                .startsWith(expected.replaceAll("/$", ""))
                .endsWith("/seed-1/captures/vm2.pcapng");
    }

    @Test
    void theKeyboardReachesSkipLinkControlsAndSortsWithEnter() throws Exception {
        browser.open(page);
        browser.press("Tab", TAB);
        assertThat(browser.text("document.activeElement.className")).isEqualTo("skip");
        assertThat(browser.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
                        .asBoolean())
                .isTrue();

        boolean found = false;
        for (int presses = 0; presses < 60 && !found; presses++) {
            browser.press("Tab", TAB);
            found = browser.evaluate(
                            "document.activeElement.matches('th[data-column=\"0\"] .sort')")
                    .asBoolean();
        }
        assertThat(found).isTrue();
        assertThat(browser.text("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.press("Enter", ENTER);
        assertThat(
                        browser.text(
                                "document.querySelector('th[data-column=\"0\"]').getAttribute('aria-sort')"))
                .isEqualTo("ascending");
    }

    @Test
    void tablesAndPicturesCanBeReadAloud() throws Exception {
        browser.open(page);

        assertThat(browser.number("document.querySelectorAll('th:not([scope])').length"))
                .isZero();
        assertThat(browser.number("document.querySelectorAll('table:not(:has(caption))').length"))
                .isZero();
        assertThat(
                        browser.number(
                                "document.querySelectorAll('svg[role=img]:not(:has(title)), svg[role=img]:not(:has(desc)), svg:not([role]):not([aria-hidden])').length"))
                .isZero();
        assertThat(
                        browser.number(
                                "[...document.querySelectorAll('input')].filter(i => !i.labels.length).length"))
                .isZero();
        assertThat(browser.text("document.documentElement.lang")).isEqualTo("en");
    }

    @Test
    void everyVerdictHasItsWordBesideTheColour() throws Exception {
        browser.open(page);

        assertThat(browser.number("document.querySelectorAll('td.cell').length"))
                .isEqualTo(report.rows().size() * POLICIES.size());
        assertThat(
                        browser.text(
                                "[...document.querySelectorAll('td.cell')].filter(c => c.querySelector('.word').textContent.replace(' ', '-') !== c.dataset.outcome || c.querySelector('.word').getBoundingClientRect().width === 0).length"))
                .isEqualTo("0");
    }

    @Test
    void lightAndDarkBothHaveContrast() throws Exception {
        for (String scheme : List.of("light", "dark")) {
            browser.call(
                    "Emulation.setEmulatedMedia",
                    Map.of(
                            "features",
                            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            browser.open(page);

            JsonNode low = browser.evaluate(PageProbes.LOW_CONTRAST);

            assertThat(low.toString()).as(scheme).isEqualTo("[]");
        }
        browser.call("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    @Test
    void withoutScriptsTheMatrixAndItsLinksAreThere() throws Exception {
        browser.call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.open(page);
            assertThat(browser.number("document.querySelectorAll('td.cell a').length"))
                    .isEqualTo(report.rows().size() * POLICIES.size());
            assertThat(browser.text(
                            "getComputedStyle(document.getElementById('controls')).display"))
                    .isEqualTo("none");
            assertThat(browser.number("document.querySelectorAll('button.sort').length"))
                    .isZero();
        } finally {
            browser.call("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    @Test
    void printOpensEveryStory() throws Exception {
        browser.open(page);
        browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");
        assertThat(browser.number("document.querySelectorAll('details:not([open])').length"))
                .isZero();
        browser.evaluate("window.dispatchEvent(new Event('afterprint'))");
        assertThat(browser.number("document.querySelectorAll('details[open]').length"))
                .isZero();
    }

    @Test
    void hostileStringsStayText() throws Exception {
        URI hostile = write(
                "hostile.html",
                ReportPage.html(
                        Reports.of(HostileRuns.STRINGS, HostileRuns.STRINGS, HostileRuns.all())));
        browser.open(hostile);
        browser.click("#open-all");
        browser.click("#text-filter");
        browser.type("<script>");
        List<String> found = rows();
        browser.click("#reset");
        browser.click("th.corner .sort");

        assertThat(found).isNotEmpty().allMatch(row -> row.contains("<script>"));
        assertThat(rows()).hasSizeGreaterThan(HostileRuns.STRINGS.size());
        assertThat(browser.text("typeof window.harmed")).isEqualTo("undefined");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).containsExactly(hostile.toString());
        assertThat(browser.number("document.scripts.length + document.styleSheets.length"))
                .isEqualTo(2);
        assertThat(browser.number("document.querySelectorAll('img, iframe, b, x, base').length"))
                .isZero();
        assertThat(
                        browser.text(
                                "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes]).filter(a => a.name.startsWith('on') || a.name === 'style').map(a => a.name).join()"))
                .isEmpty();
        assertThat(
                        browser.text(
                                "[...new Set([...document.querySelectorAll('a')].map(a => a.protocol))].join()"))
                .isEqualTo("file:");
        assertThat(browser.evaluate(
                                "/[\\u202a-\\u202e\\u2066-\\u2069\\u200b\\ufeff\\0\\u0007\\u001b]/.test(document.documentElement.outerHTML)")
                        .asBoolean())
                .isFalse();
        assertThat(browser.text(
                        "document.querySelector('th[data-column=\"0\"] .sort-label').textContent"))
                .isEqualTo(HostileRuns.STRINGS.getFirst());
    }

    @Test
    void twentyFivePoliciesAndThirtyScenariosStaySmall() throws Exception {
        List<ReportedRun> real = SampleRuns.runs(
                List.of(
                        "promiscuous-capture",
                        "host-capture",
                        "arp-poisoning",
                        "mac-spoofing",
                        "image-string-search",
                        "memory-exhaustion"),
                List.of("physical", "esx-1.5.2", "virtual-server-1.0", "hardened"));
        List<ReportedRun> many = IntStream.range(0, 30)
                .boxed()
                .flatMap(scenario -> IntStream.range(0, 25)
                        .mapToObj(policy -> SampleRuns.renamed(
                                real.get(scenario % 6 * 4 + policy % 4),
                                "scenario-%d".formatted(scenario),
                                "a-policy-with-a-long-name-%d".formatted(policy),
                                ", told for policy %d alone".formatted(policy))))
                .toList();

        String html = ReportPage.html(SampleRuns.report(many));
        URI large = write("large.html", html);
        long begin = System.nanoTime();
        browser.open(large);
        long millis = (System.nanoTime() - begin) / 1_000_000;

        System.out.printf(
                "25 policies, 30 scenarios, no two verdicts alike: %.2f MB, opened in %d ms%n",
                Files.size(Path.of(large)) / 1e6, millis);
        assertThat(Files.size(Path.of(large))).isLessThan(5_000_000);
        assertThat(browser.number("document.querySelectorAll('#matrix-table tbody tr').length"))
                .isEqualTo(30 * SampleRuns.report(real).rows().size() / 6);
        assertThat(browser.complaints()).isEmpty();
    }
}
