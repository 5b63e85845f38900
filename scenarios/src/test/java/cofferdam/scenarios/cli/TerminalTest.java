package cofferdam.scenarios.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void plainTextStaysAsItIs() {
        assertThat(Terminal.safe("vm2 sah 3 Pakete – ganz öffentlich"))
                .isEqualTo("vm2 sah 3 Pakete – ganz öffentlich");
    }

    @Test
    void escapeSequencesAreShownAndNotSent() {
        assertThat(Terminal.safe("\u001b[2Jgone\u0007")).isEqualTo("\\u001b[2Jgone\\u0007");
    }

    @Test
    void linesStayOneLine() {
        assertThat(Terminal.safe("a\nb\rc")).isEqualTo("a\\u000ab\\u000dc");
    }

    @Test
    void textThatTurnsItsDirectionIsShown() {
        assertThat(Terminal.safe("upheld\u202edetaloiv")).isEqualTo("upheld\\u202edetaloiv");
    }
}
