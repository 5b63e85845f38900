package cofferdam.attacks.memory;

import cofferdam.attacks.Setting;

import java.time.Duration;

/** How long an adversary leaves the monitor to merge equal pages. */
final class Waiting {

    static final Setting.Span SETTING = new Setting.Span(
            "wait",
            "how long the monitor has to merge equal pages",
            Duration.ofSeconds(20),
            Duration.ofMillis(1),
            Duration.ofHours(1));

    private Waiting() {}
}
