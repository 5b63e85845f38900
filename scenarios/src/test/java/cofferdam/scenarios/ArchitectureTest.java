package cofferdam.scenarios;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The arrows and rules of ARCHITECTURE.md, each with its reason. */
class ArchitectureTest {

    private static final String MONITOR = "cofferdam.monitor..";
    private static final String ATTACKS = "cofferdam.attacks..";
    private static final String ANALYSIS = "cofferdam.analysis..";
    private static final String SCENARIOS = "cofferdam.scenarios..";

    /** What lives in real time: the loop, and what waits for the system on its behalf. */
    private static final String[] REAL_TIME = {
        "cofferdam.monitor.live", "cofferdam.monitor.wire", "cofferdam.monitor.process"
    };

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("cofferdam");
    }

    @Test
    void theRulesSeeTheWholeProgram() {
        assertThat(classes.size()).isGreaterThan(150);
        for (String module : List.of("monitor", "attacks", "analysis", "scenarios")) {
            assertThat(classes.stream()
                            .filter(type -> type.getPackageName().startsWith("cofferdam." + module))
                            .count())
                    .as(module)
                    .isGreaterThan(10);
        }
    }

    @Test
    void theMonitorKnowsNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage(MONITOR)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ATTACKS, ANALYSIS, SCENARIOS)
                .because("the machine under test must not know who tests it")
                .check(classes);
    }

    @Test
    void attacksDoNotJudgeThemselves() {
        noClasses()
                .that()
                .resideInAPackage(ATTACKS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ANALYSIS, SCENARIOS)
                .because("an attack reports what it sees and never declares its own success")
                .check(classes);
    }

    @Test
    void theAnalysisSeesEvidenceAlone() {
        noClasses()
                .that()
                .resideInAPackage(ANALYSIS)
                .should()
                .dependOnClassesThat(outsideTheEvidenceVocabulary())
                .because(
                        "verdicts follow from evidence, read by code that is not the emulator's own")
                .check(classes);
    }

    private static DescribedPredicate<JavaClass> outsideTheEvidenceVocabulary() {
        List<String> allowed = List.of(
                "cofferdam.monitor.address",
                "cofferdam.monitor.evidence",
                "cofferdam.monitor.pcapng",
                "cofferdam.monitor.policy",
                "cofferdam.monitor.yaml");
        return describe("in cofferdam, but neither analysis nor the evidence vocabulary", type -> {
            String name = type.getPackageName();
            return name.startsWith("cofferdam.")
                    && !name.startsWith("cofferdam.analysis")
                    && !name.startsWith("cofferdam.monitor.disk")
                    && !allowed.contains(name);
        });
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("cofferdam.(**)")
                .should()
                .beFreeOfCycles()
                // A front door lists what implements the interface that stands beside it.
                .ignoreDependency(
                        nameMatching("cofferdam\\.(attacks\\.Attacks|monitor\\.Monitors)"),
                        alwaysTrue())
                .check(classes);
    }

    @Test
    void onlyTheCommandLineTouchesTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("cofferdam.scenarios.cli")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("with --format json standard output carries one document and nothing else")
                .check(classes);
    }

    @Test
    void nothingInARunDependsOnTheWallClockOrOnThreads() {
        noClasses()
                .that()
                .resideOutsideOfPackage("cofferdam.scenarios..")
                .and()
                .resideOutsideOfPackages(REAL_TIME)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .because("the same scenario, policy, monitor and seed give byte-identical evidence")
                .check(classes);
    }

    @Test
    void nothingInARunDependsOnChance() {
        noClasses()
                .that()
                .resideOutsideOfPackage("cofferdam.scenarios..")
                .should()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .because("the same scenario, policy, monitor and seed give byte-identical evidence")
                .check(classes);
    }

    @Test
    void onlyTheCommandLineAndTheRealTimeLookAtTheCalendar() {
        noClasses()
                .that()
                .resideOutsideOfPackage("cofferdam.scenarios.cli")
                .and()
                .resideOutsideOfPackages(REAL_TIME)
                .should()
                .callMethodWhere(describe(
                        "ask for the date or the time",
                        call -> call.getName().equals("now")
                                && call.getTargetOwner().getPackageName().equals("java.time")))
                .because("what a bundle says must not depend on the day on which it is made")
                .check(classes);
    }

    @Test
    void theEmulatedHostKnowsNoRealTime() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "cofferdam.monitor.emulated..",
                        "cofferdam.monitor.guest..",
                        "cofferdam.monitor.net..",
                        "cofferdam.attacks..",
                        "cofferdam.analysis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(REAL_TIME)
                .because("what is emulated repeats exactly, whatever the computer does")
                .check(classes);
    }

    @Test
    void nothingSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .because("whoever waits, waits on a timeline")
                .check(classes);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .resideInAPackage("cofferdam..")
                .should()
                .bePrivate()
                .orShould(haveANullMarkedPackage())
                .check(classes);
    }

    private static com.tngtech.archunit.lang.ArchCondition<JavaClass> haveANullMarkedPackage() {
        return com.tngtech.archunit.lang.ArchCondition.from(describe(
                "lie in a @NullMarked package",
                type -> type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")));
    }

    @Test
    void classesAreNotMadeToBeExtended() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .orShould()
                .haveModifier(JavaModifier.ABSTRACT)
                .because("inheritance is not for reuse")
                .check(classes);
    }
}
