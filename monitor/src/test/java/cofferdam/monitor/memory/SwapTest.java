package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;

class SwapTest {

    @Test
    void theSamePageIsNeverEncipheredTheSameWay() throws Exception {
        AuthenticatedSeal seal = new AuthenticatedSeal("vm1", new SplittableRandom(1));
        byte[] page = Bed.page(7);
        byte[] once = seal.seal(3, page);
        byte[] again = seal.seal(3, page);
        assertThat(once).isNotEqualTo(again).isNotEqualTo(page);
        assertThat(seal.open(3, again)).isEqualTo(page);
    }

    @Test
    void anOldPageCannotBePutBackIntoItsSlot() {
        AuthenticatedSeal seal = new AuthenticatedSeal("vm1", new SplittableRandom(1));
        byte[] old = seal.seal(3, Bed.page(7));
        seal.seal(3, Bed.page(8));
        assertThatIOException().isThrownBy(() -> seal.open(3, old)).withMessageContaining("slot 3");
    }

    @Test
    void nothingCanBeOpenedWithAForgottenKey() {
        AuthenticatedSeal seal = new AuthenticatedSeal("vm1", new SplittableRandom(1));
        byte[] sealed = seal.seal(0, Bed.page(7));
        seal.forget();
        assertThatIOException().isThrownBy(() -> seal.open(0, sealed));
        assertThatIllegalStateException().isThrownBy(() -> seal.seal(0, Bed.page(7)));
    }

    @Test
    void aGuestNoticesThatItsPageWasChangedInTheEncryptedFile() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().swap(Swap.ENCRYPTED))) {
            GuestMemory memory = bed.guest("vm1", 4);
            Bed.put(memory, 0, Bed.page(7));
            memory.reclaim(4096, Means.SWAP);
            byte[] file = bed.swap.toByteArray();
            bed.swap.write(100, new byte[] {(byte) (file[100] ^ 1)});
            assertThatThrownBy(() -> Bed.get(memory, 0))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("page 0 of vm1 cannot be swapped in");
            Recount.check(bed.host);
            bed.swap.write(100, Arrays.copyOfRange(file, 100, 101));
            assertThat(Bed.get(memory, 0)).isEqualTo(Bed.page(7));
        }
    }

    @Test
    void aGuestDoesNotNoticeItInThePlainFile() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().swap(Swap.PLAIN))) {
            GuestMemory memory = bed.guest("vm1", 4);
            Bed.put(memory, 0, Bed.page(7));
            memory.reclaim(4096, Means.SWAP);
            bed.swap.write(100, new byte[] {1});
            assertThat(Bed.get(memory, 0)[100]).isEqualTo((byte) 1);
        }
    }

    @Test
    void thePagesThatWereNotAccessedAreSwappedFirst() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain().swap(Swap.PLAIN))) {
            GuestMemory memory = bed.guest("vm1", 8);
            Bed.fillWithNoise(memory, 1);
            memory.reclaim(4096, Means.SWAP);
            assertThat(memory.frames()).isEqualTo("1-7");
            Bed.get(memory, 1);
            Bed.get(memory, 3);
            memory.reclaim(2 * 4096, Means.SWAP);
            assertThat(memory.frames()).isEqualTo("1,3,5-7");
        }
    }

    @Test
    void withoutMeansNothingIsTakenBack() throws Exception {
        try (Bed bed = new Bed(16, Rules.plain())) {
            GuestMemory memory = bed.guest("vm1", 8);
            Bed.fillWithNoise(memory, 1);
            assertThatIOException()
                    .isThrownBy(() -> memory.reclaim(4096, Means.SWAP))
                    .withMessage("the host has no swap file");
            assertThatIOException()
                    .isThrownBy(() -> memory.reclaim(4096, Means.BALLOON))
                    .withMessage("the host has no balloon driver in its guests");
            assertThat(memory.usage().used()).isEqualTo(8 * 4096);
        }
    }

    @Test
    void whatIsReservedIsNotTakenBack() throws Exception {
        Rules rules = Rules.plain().swap(Swap.PLAIN).balloon().reservation(50);
        try (Bed bed = new Bed(16, rules)) {
            GuestMemory memory = bed.guest("vm1", 8, new Bed.WillingBalloon(8));
            Bed.fillWithNoise(memory, 1);
            assertThat(memory.reclaim(3 * 4096, Means.BALLOON)).isEqualTo("5-7");
            assertThat(memory.reclaim(3 * 4096, Means.SWAP)).isEqualTo("0");
            assertThat(memory.reclaim(3 * 4096, Means.SWAP)).isEmpty();
            assertThat(memory.reclaim(3 * 4096, Means.BALLOON)).isEmpty();
            assertThat(memory.usage())
                    .isEqualTo(new MemoryUsage(8 * 4096, 4 * 4096, 4 * 4096, 0, 3 * 4096, 4096));
        }
    }
}
