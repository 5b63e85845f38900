package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

class AddressMapTest {

    @Test
    void everyRangeIsTakenWithinOthersAsWell() throws IOException {
        assertThat(AddressMap.parse("""
                        00100000-063dcfff : System RAM
                          01000000-01e01ef1 : Kernel code
                        fee00000-fee00fff : Local APIC
                        8000000000-80000fffff : 0000:00:05.0"""))
                .containsExactly(
                        new AddressMap.Range("00100000", "063dcfff", "System RAM"),
                        new AddressMap.Range("01000000", "01e01ef1", "Kernel code"),
                        new AddressMap.Range("fee00000", "fee00fff", "Local APIC"),
                        new AddressMap.Range("8000000000", "80000fffff", "0000:00:05.0"));
    }

    @Test
    void whatTheKernelClaimsWithoutAnythingBehindItIsLeftOutButNotWhatLiesInIt()
            throws IOException {
        assertThat(AddressMap.parse("""
                        000a0000-000bffff : PCI Bus 0000:00
                        06400000-febfffff : PCI Bus 0000:00
                          06400000-07ffffff : RAM buffer
                          febf0000-febf3fff : 0000:00:02.0
                        fd00000000-ffffffffff : Reserved
                        fd00000000-fffffffffe : Reserved"""))
                .containsExactly(
                        new AddressMap.Range("febf0000", "febf3fff", "0000:00:02.0"),
                        new AddressMap.Range("fd00000000", "fffffffffe", "Reserved"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "00000000-00000fff",
                "00000000-00000fff : ",
                "00000000-00000fff : a\u0007",
                "0-fff : System RAM",
                "00000000-0000000000000fff : System RAM",
                "00100000-063dcfff : System RAM\n\n00100000-063dcfff : System RAM"
            })
    void anotherFormIsRefused(String map) {
        assertThatThrownBy(() -> AddressMap.parse(map))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the kernel's map of addresses has the line '");
    }

    @Test
    void endlessMapsAreRefused() {
        assertThatThrownBy(() -> AddressMap.parse("00000000-00000fff : Reserved\n".repeat(2001)))
                .hasMessage("the kernel's map of addresses has 2001 lines, more than 2000");
    }
}
