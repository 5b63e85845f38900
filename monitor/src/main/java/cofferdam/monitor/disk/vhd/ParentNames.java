package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ProblemTally;
import cofferdam.monitor.disk.Reference;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names that a differencing disk has for its parent. */
final class ParentNames {

    private ParentNames() {}

    /** Each name once: the locators', the relative path first, then that of the header. */
    static List<Reference> of(ByteSource file, Body body, ProblemTally problems)
            throws IOException {
        return switch (body) {
            case FixedBody fixed -> List.of();
            case DynamicBody dynamic ->
                dynamic.differencing() ? references(file, dynamic.header(), problems) : List.of();
        };
    }

    private static List<Reference> references(
            ByteSource file, DynamicHeader header, ProblemTally problems) throws IOException {
        List<ParentLocator> locators = new ArrayList<>(header.locators());
        locators.sort(Comparator.comparing(
                locator -> locator.platform() != ParentLocator.WINDOWS_RELATIVE));
        Set<String> names = new LinkedHashSet<>();
        for (ParentLocator locator : locators) {
            try {
                locator.path(file).ifPresent(names::add);
            } catch (MalformedImageException e) {
                problems.add(VhdProblem.PARENT_LOCATOR, e.problem().detail());
            }
        }
        names.add(header.parentName());
        List<Reference> references = new ArrayList<>();
        for (String name : names) {
            if (!name.isEmpty()) {
                Reference reference = new Reference(Reference.Role.BACKING, name, "vpc");
                tell(reference, problems);
                references.add(reference);
            }
        }
        return List.copyOf(references);
    }

    private static void tell(Reference parent, ProblemTally problems) {
        if (parent.leavesFolder()) {
            problems.add(ContainerProblem.PARENT_OUTSIDE_FOLDER, parent.name());
        }
        if (!parent.isPlain()) {
            problems.add(ContainerProblem.NAME_NOT_PLAIN, parent.name());
        }
    }
}
