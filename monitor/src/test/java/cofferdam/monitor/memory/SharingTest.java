package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.policy.MemoryPolicy.Sharing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;

class SharingTest {

    // The generator polynomial of CRC-32C itself, its lowest bit first: added to a message anywhere
    // it
    // changes the message and not the checksum.
    private static final long FORGERY = 1L | 0x82F63B78L << 1;

    private static byte[] forged(byte[] page) {
        byte[] other = page.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            other[100 + i] ^= (byte) (FORGERY >>> Byte.SIZE * i);
        }
        return other;
    }

    @Test
    void pagesWithAForgedHashAreNotShared() throws Exception {
        byte[] page = Bed.noise(1);
        byte[] other = forged(page);
        assertThat(new ChecksumHash().of(ByteBuffer.wrap(other), 0))
                .as("the forgery works")
                .isEqualTo(new ChecksumHash().of(ByteBuffer.wrap(page), 0));
        assertThat(other).isNotEqualTo(page);
        try (Bed bed = new Bed(16, Rules.plain().sharing(Sharing.INTER_VM))) {
            GuestMemory one = bed.guest("vm1", 4);
            GuestMemory two = bed.guest("vm2", 4);
            Bed.put(one, 0, page);
            Bed.put(one, 1, page);
            Bed.put(two, 0, other);
            Bed.put(two, 1, other);
            for (int i = 0; i < 5; i++) {
                bed.host.scan(4);
                assertThat(Bed.get(one, 0)).isEqualTo(page);
                assertThat(Bed.get(two, 0)).isEqualTo(other);
                assertThat(Bed.get(two, 1)).isEqualTo(other);
            }
            assertThat(bed.host.usage().shared()).isEqualTo(4096);
            Recount.check(bed.host);
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE, 0, 0", "ZERO_PAGE, 1, 0", "INTRA_VM, 3, 3", "SALTED, 2, 2", "INTER_VM, 1, 1"
    })
    void pagesAreSharedInTheirTrustGroupAndNowhereElse(Sharing sharing, int zeros, int others)
            throws Exception {
        Rules rules = Rules.plain()
                .sharing(sharing)
                .groups(sharing == Sharing.SALTED ? Map.of("vm1", "vm3", "vm2", "vm3") : Map.of());
        for (PageHash hash : new PageHash[] {new ChecksumHash(), (memory, start) -> 0}) {
            assertThat(sharedFrames(rules, hash, 0)).isEqualTo(zeros);
            assertThat(sharedFrames(rules, hash, 9)).isEqualTo(others);
        }
    }

    private static long sharedFrames(Rules rules, PageHash hash, int value) throws Exception {
        try (Bed bed = new Bed(16, rules, hash)) {
            for (String machine : new String[] {"vm1", "vm2", "vm3"}) {
                Bed.fill(bed.guest(machine, 4), 2, value);
            }
            bed.host.scan(20);
            bed.host.scan(20);
            Recount.check(bed.host);
            return bed.host.usage().shared() / Bed.PAGE;
        }
    }

    @Test
    void aMachineThatComesAgainIsAGroupOfItsOwnAgain() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().sharing(Sharing.SALTED), (memory, start) -> 0)) {
            GuestMemory first = bed.guest("vm1", 4);
            Bed.fill(first, 1, 7);
            bed.host.scan(1);
            first.release();
            Bed.fill(bed.guest("vm2", 4), 1, 7);
            bed.host.scan(4);
            bed.host.scan(4);
            assertThat(bed.host.usage().shared()).isZero();
        }
    }

    @Test
    void aFrameHasALimitOfMappings() throws Exception {
        try (Bed bed = new Bed(1200, Rules.plain().sharing(Sharing.INTER_VM))) {
            GuestMemory one = bed.guest("vm1", 600);
            GuestMemory two = bed.guest("vm2", 600);
            Bed.fill(one, 600, 7);
            Bed.fill(two, 600, 7);
            bed.host.scan(1200);
            Recount.check(bed.host);
            assertThat(bed.host.usage().used())
                    .isEqualTo(Math.ceilDiv(1200, FrameTable.MAXIMUM_REFERENCES) * 4096L);
            assertThat(Bed.get(two, 599)).isEqualTo(Bed.page(7));
        }
    }

    @Test
    void aHintHoldsOnlyWhileThePageIsAsItWas() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().sharing(Sharing.INTER_VM))) {
            GuestMemory one = bed.guest("vm1", 4);
            GuestMemory two = bed.guest("vm2", 4);
            Bed.fill(one, 1, 7);
            bed.host.scan(1);
            Bed.fill(one, 1, 8);
            Bed.fill(two, 1, 7);
            bed.host.scan(1);
            assertThat(bed.host.usage().shared()).isZero();
            Bed.fill(one, 1, 7);
            bed.host.scan(1);
            assertThat(bed.host.usage().shared()).isEqualTo(4096);
        }
    }

    @Test
    void aWriteGivesTheWriterAFrameOfItsOwnAndLeavesTheOthersAlone() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().sharing(Sharing.INTER_VM))) {
            GuestMemory one = bed.guest("vm1", 4);
            GuestMemory two = bed.guest("vm2", 4);
            Bed.fill(one, 3, 7);
            Bed.fill(two, 3, 7);
            bed.host.scan(6);
            assertThat(one.usage()).isEqualTo(new MemoryUsage(16384, 12288, 2048, 12288, 0, 0));
            bed.poke(two, 1);
            assertThat(Bed.get(one, 1)).isEqualTo(Bed.page(7));
            assertThat(Bed.get(two, 1)[17]).isEqualTo((byte) 1);
            assertThat(one.usage().frames()).isEqualTo(4096 * 3 / 5);
            assertThat(two.usage().frames()).isEqualTo(4096 + 4096 * 2 / 5);
            assertThat(bed.host.usage()).isEqualTo(new MemoryUsage(65536, 8192, 8192, 4096, 0, 0));
            Recount.check(bed.host);
        }
    }

    @Test
    void theScannerLooksAtSoManyPagesASecond() throws Exception {
        Rules rules = Rules.plain().sharing(Sharing.INTER_VM).scanRate(150);
        try (Bed bed = new Bed(400, rules)) {
            Bed.fill(bed.guest("vm1", 400), 400, 7);
            bed.timeline.pass(Duration.ofSeconds(1));
            assertThat(bed.host.usage().used()).isEqualTo((400 - 150 + 1) * 4096L);
            bed.timeline.pass(Duration.ofSeconds(2));
            assertThat(bed.host.usage().used()).isEqualTo(2 * 4096);
        }
    }

    @Test
    void everyPageIsLookedAtWithinOneRound() throws Exception {
        try (Bed bed = new Bed(400, Rules.plain().sharing(Sharing.INTER_VM))) {
            GuestMemory one = bed.guest("vm1", 100);
            GuestMemory two = bed.guest("vm2", 300);
            Bed.fill(one, 77, 1);
            Bed.fill(two, 123, 1);
            for (int i = 0; i < 200 / 20; i++) {
                bed.host.scan(20);
            }
            assertThat(bed.host.usage().used()).isEqualTo(4096);
        }
    }

    @Test
    void nothingIsPendingWithoutSharingOrGuests() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            bed.guest("vm1", 4);
            assertThat(bed.timeline.pending()).isZero();
        }
        try (Bed bed = new Bed(16, Rules.plain().sharing(Sharing.INTER_VM))) {
            assertThat(bed.timeline.pending()).isZero();
            GuestMemory memory = bed.guest("vm1", 4);
            assertThat(bed.timeline.pending()).isEqualTo(1);
            memory.release();
            bed.timeline.pass(Duration.ofSeconds(1));
            assertThat(bed.timeline.pending()).isZero();
            bed.guest("vm2", 4);
            bed.host.close();
            assertThat(bed.timeline.pending()).isZero();
        }
    }

    @Test
    void entriesThatSayNothingAnyMoreDoNotFillTheTable() {
        SharingTable table = new SharingTable();
        for (int i = 1; i < 1_000_000; i++) {
            int live = i - 50;
            table.put(
                    i * 0x9E3779B97F4A7C15L,
                    SharingTable.hint(3, i),
                    (key, value) -> SharingTable.number(value) > live);
        }
        assertThat(table.capacity()).isLessThan(5000);
        long found = table.find(999_999 * 0x9E3779B97F4A7C15L);
        assertThat(SharingTable.isHint(found)).isTrue();
        assertThat(SharingTable.guest(found)).isEqualTo(3);
        assertThat(SharingTable.number(found)).isEqualTo(999_999);
    }
}
