package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDate;

class DateTextTest {

    @Test
    void daysOfTheCalendarAreRead() {
        assertThat(DateText.parse("2027-01-31")).contains(LocalDate.of(2027, 1, 31));
        assertThat(DateText.parse("2028-02-29")).contains(LocalDate.of(2028, 2, 29));
        assertThat(DateText.parse("9999-12-31")).contains(LocalDate.of(9999, 12, 31));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2027-02-29",
                "2027-13-01",
                "2027-00-01",
                "2027-1-1",
                "27-01-01",
                "+2027-01-01",
                "-2027-01-01",
                "12027-01-01",
                "2027-01-01T00:00",
                "2027-01-01 ",
                "\u0662\u0660\u0662\u0667-\u0660\u0661-\u0660\u0661",
                "2027/01/01",
                "20270101"
            })
    void anythingElseIsNone(String text) {
        assertThat(DateText.parse(text)).isEmpty();
    }
}
