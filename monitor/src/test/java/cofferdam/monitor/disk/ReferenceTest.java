package cofferdam.monitor.disk;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.disk.Reference.Role;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a",
                "\\a",
                "\\\\host\\share\\a",
                "//host/a",
                "C:\\a",
                "c:a",
                "..",
                "../a",
                "a/..",
                "a\\..\\b",
                "json:{\"a\":1}",
                "nbd:x",
                "https://h/a",
                "file:a",
                "a:\nb"
            })
    void namesThatMayLeadOutOfTheFolder(String name) {
        assertThat(new Reference(Role.EXTENT, name, "").leavesFolder()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "a b.vmdk", ".\\a", "./a", "sub/a", "..a", "a..", "...", "", "1:2"})
    void namesThatStayInTheFolder(String name) {
        assertThat(new Reference(Role.EXTENT, name, "").leavesFolder()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\u001b[31m", "\ud800", "a\nb", "\u0085"})
    void namesThatAreNotPlain(String name) {
        assertThat(new Reference(Role.BACKING, name, "").isPlain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "仮想", "\ud83d\ude00", ""})
    void namesThatArePlain(String name) {
        assertThat(new Reference(Role.BACKING, name, "").isPlain()).isTrue();
    }
}
