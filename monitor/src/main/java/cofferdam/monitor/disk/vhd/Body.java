package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Claims;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;

/** What lies before the footer: the disk's bytes, or tables and blocks. */
sealed interface Body permits FixedBody, DynamicBody {

    /**
     * The disk's bytes.
     *
     * @param below what is read where this image has nothing; as long as the disk
     */
    ByteSource content(ByteSource below);

    /** Tells every run of bytes that is accounted for, the footer aside. */
    void walk(ExtentRuns runs, Claims claims, ProblemTally problems) throws IOException;
}
