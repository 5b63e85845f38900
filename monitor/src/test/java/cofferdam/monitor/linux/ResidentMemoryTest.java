package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ResidentMemoryTest {

    private static final String PROGRAM = "/usr/bin/linux.uml";

    private static final String USER_MODE = """
            60000000-60001000 r--p 00000000 fe:00 2171943                            /usr/bin/linux.uml
            Rss:                   4 kB
            60001000-60a3b000 rwxp 00001000 fe:00 2171943                            /usr/bin/linux.uml
            Rss:                5460 kB
            Pss:                5460 kB
            60a3b000-60a87000 rw-p 00000000 00:00 0
            Rss:                 236 kB
            9f237000-9f258000 rw-p 00000000 00:00 0                                  [heap]
            Rss:                  12 kB
            9f258000-9f800000 rw-s 3f258000 00:1b 19                                 /dev/shm/#19 (deleted)
            Rss:                3884 kB
            Pss:                3728 kB
            9f800000-a4fd1000 rwxs 3f800000 00:1b 19                                 /dev/shm/#19 (deleted)
            Rss:               44104 kB
            Pss:               43668 kB
            b2800000-b2801000 rwxs 2c0b8000 00:1b 19                                 /dev/shm/#19 (deleted)
            Rss:                   4 kB
            7ffc0000-7ffd0000 rw-p 00000000 00:00 0                                  [stack]
            Rss:                  40 kB
            """;

    private static final String EMULATOR = """
            7f1000000000-7f1000021000 rw-p 00000000 00:00 0
            Rss:                 132 kB
            7f2000000000-7f2007000000 rw-p 00000000 00:00 0
            Size:             114688 kB
            Rss:               90000 kB
            Pss:               60000 kB
            Shared_Clean:          0 kB
            Shared_Dirty:      40000 kB
            Private_Clean:      1000 kB
            Private_Dirty:     49000 kB
            7f3000000000-7f3010000000 ---p 00000000 00:00 0
            Rss:                   0 kB
            7f4000000000-7f4010000000 r-xp 00000000 fe:00 17                         /usr/bin/qemu
            Rss:                9000 kB
            """;

    @Test
    void theMemoryOfUserModeLinuxIsItsFileAndItsKernelTheProgram() {
        ResidentMemory memory =
                ResidentMemory.of(USER_MODE.lines().toList(), PROGRAM).orElseThrow();

        assertThat(memory.size()).isEqualTo(104L << 20);
        assertThat(memory.used()).isEqualTo((4 + 5460 + 236 + 3884 + 44104) << 10);
        assertThat(memory.frames()).isEqualTo(memory.used());
        assertThat(memory.shared()).isZero();
    }

    @Test
    void theMemoryOfAGuestOfQemuIsTheLargestRangeOfNoFile() {
        ResidentMemory memory =
                ResidentMemory.of(EMULATOR.lines().toList(), "/usr/bin/qemu").orElseThrow();

        assertThat(memory)
                .isEqualTo(
                        new ResidentMemory(112L << 20, 90000L << 10, 60000L << 10, 40000L << 10));
    }

    @Test
    void aProcessWithoutMemoryHasNone() {
        assertThat(ResidentMemory.of(List.of(), PROGRAM)).isEmpty();
        assertThat(ResidentMemory.of(List.of("Rss: 4 kB", "nonsense"), PROGRAM)).isEmpty();
    }

    @Test
    void aProcessThatHasGoneHasNone() {
        assertThat(ResidentMemory.of(Long.MAX_VALUE)).isEmpty();
    }
}
