package cofferdam.scenarios.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class HtmlTest {

    private static String html(Node node) {
        StringBuilder out = new StringBuilder();
        node.write(out);
        return out.toString();
    }

    @Test
    void textAndAttributesAreEscaped() {
        assertThat(html(Element.of("p").with("title", "\"'<>&").text("</p>\"'&")))
                .isEqualTo("<p title=\"&quot;&#39;&lt;&gt;&amp;\">&lt;/p&gt;&quot;&#39;&amp;</p>");
    }

    @Test
    void whatCannotBeSeenIsShownAsANumber() {
        assertThat(Visible.text("a\0b\n\u202ec\u200b\ud800\ue000\u2028é漢😀"))
                .isEqualTo("a\\u0000b\\u000a\\u202ec\\u200b\\ud800\\ue000\\u2028é漢😀");
    }

    @Test
    void longTextIsCutAndCounted() {
        assertThat(Visible.text("x".repeat(2001))).endsWith("x … and 1 more characters");
        assertThat(Visible.text("x".repeat(2000))).hasSize(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"script", "STYLE", "iframe", "img", "base", "a b", "x>", ""})
    void elementsThroughWhichCodeCouldRunAreRefused(String name) {
        assertThatThrownBy(() -> Element.of(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"onclick", "OnLoad", "style", "href", "src", "formaction", "x y", "a=b"})
    void attributesThroughWhichCodeCouldRunAreRefused(String name) {
        Element element = Element.of("p");

        assertThatThrownBy(() -> element.with(name, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileNameCannotBecomeASchemeAHostOrAQuery() {
        assertThat(Href.file(List.of("javascript:alert(1)")))
                .hasToString("./javascript%3Aalert%281%29");
        assertThat(Href.file(List.of("", "", "host", "a?b#c", "é/\\\"")))
                .hasToString(".///host/a%3Fb%23c/%C3%A9%2F%5C%22");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\"", "1", "x#y", "", "javascript:x"})
    void onlyIdentifiersCanBeLedTo(String id) {
        assertThatThrownBy(() -> Href.to(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageCarriesTheHashesOfItsOwnStyleAndScriptAlone() {
        String html = new Page("t<", "p{}", "x()", List.of()).html();

        // The hashes were computed with openssl dgst -sha256 -binary | base64.
        assertThat(html)
                .contains("default-src 'none'")
                .contains("style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='")
                .contains("script-src 'sha256-D6IGS8VMvCoyaR/l0h9tERrBTATY01CoPS7l6xDv0kI='")
                .contains("<title>t&lt;</title>")
                .doesNotContain("unsafe");
    }

    @Test
    void aScriptThatEndsItsElementIsRefused() {
        List<Node> body = List.of();

        assertThatThrownBy(() -> new Page("", "", "'</SCRIPT>'", body))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Page("", "</style>", "", body))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
