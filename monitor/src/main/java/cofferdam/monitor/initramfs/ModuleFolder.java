package cofferdam.monitor.initramfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A kernel's folder of modules, such as {@code /lib/modules/6.1.0-56-cloud-amd64}. Which module needs
 * which is read from the modules themselves, because packages come without {@code modules.dep}. Soft
 * dependencies are not followed: a module loads without them.
 */
public final class ModuleFolder {

    /** The most files that are looked at: a full distribution kernel has some 4,500 modules. */
    private static final int FILE_LIMIT = 50_000;

    private static final int DEPTH_LIMIT = 16;
    private static final int MODULE_LIMIT = 500;
    private static final int BUILT_IN_BYTES_LIMIT = 4 << 20;
    private static final String MODULES = "kernel";
    private static final String BUILT_IN = "modules.builtin";

    private final Path folder;
    private final Map<String, Path> files;
    private final Set<String> builtIn;

    private ModuleFolder(Path folder, Map<String, Path> files, Set<String> builtIn) {
        this.folder = folder;
        this.files = files;
        this.builtIn = builtIn;
    }

    /**
     * Looks through a folder.
     *
     * @param folder the one that has the folder {@code kernel} in it
     * @throws UnusablePartException if it is none, or cannot be read
     */
    public static ModuleFolder open(Path folder) throws UnusablePartException {
        if (!Files.isDirectory(folder.resolve(MODULES))) {
            throw new UnusablePartException(
                    "%s is no folder of kernel modules: it has no folder '%s'"
                            .formatted(folder, MODULES));
        }
        try {
            return new ModuleFolder(folder, moduleFiles(folder), builtInNames(folder));
        } catch (IOException e) {
            throw new UnusablePartException(
                    "the folder of kernel modules %s cannot be read: %s"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    private static Map<String, Path> moduleFiles(Path folder)
            throws IOException, UnusablePartException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve(MODULES), DEPTH_LIMIT)) {
            Iterator<Path> each = all.iterator();
            for (int seen = 0; each.hasNext(); seen++) {
                if (seen == FILE_LIMIT) {
                    throw new UnusablePartException(
                            "%s has more than %d files".formatted(folder, FILE_LIMIT));
                }
                keep(each.next(), files);
            }
        }
        return files;
    }

    /** Of two files with one module the same is kept whatever order a folder is listed in. */
    private static void keep(Path file, Map<String, Path> files) {
        String name = file.getFileName().toString();
        if (ModuleFile.isOne(name) && Files.isRegularFile(file)) {
            files.merge(
                    ModuleFile.moduleName(name),
                    file,
                    (one, other) -> one.compareTo(other) <= 0 ? one : other);
        }
    }

    private static Set<String> builtInNames(Path folder) throws IOException {
        Set<String> names = new TreeSet<>();
        Path list = folder.resolve(BUILT_IN);
        if (!Files.isRegularFile(list)) {
            return names;
        }
        try (InputStream in = Files.newInputStream(list)) {
            String text =
                    new String(in.readNBytes(BUILT_IN_BYTES_LIMIT), StandardCharsets.ISO_8859_1);
            text.lines()
                    .map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .filter(ModuleFile::isOne)
                    .map(ModuleFile::moduleName)
                    .forEach(names::add);
        }
        return names;
    }

    /** Whether that module is part of the kernel itself, as {@code modules.builtin} says. */
    public boolean isBuiltIn(String name) {
        return builtIn.contains(ModuleFile.kernelName(name));
    }

    /**
     * The module of that name; empty if there is no file with it.
     *
     * @param name with {@code -} or {@code _}
     * @throws UnusablePartException if there is, and it cannot be used
     */
    public Optional<KernelModule> module(String name) throws UnusablePartException {
        Path file = files.get(ModuleFile.kernelName(name));
        return file == null ? Optional.empty() : Optional.of(ModuleFile.module(file));
    }

    /**
     * In which order the modules of these names are loaded, with all that they need.
     *
     * @param names with {@code -} or {@code _}
     * @throws UnusablePartException if a module cannot be used, or one that it needs is not there
     */
    public ModulePlan plan(Collection<String> names) throws UnusablePartException {
        Map<String, KernelModule> order = new LinkedHashMap<>();
        List<String> inKernel = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String name : new LinkedHashSet<>(names)) {
            Optional<KernelModule> module = module(name);
            if (module.isPresent()) {
                add(module.get(), order, new LinkedHashSet<>());
            } else if (isBuiltIn(name)) {
                inKernel.add(name);
            } else {
                missing.add(name);
            }
        }
        return new ModulePlan(List.copyOf(order.values()), inKernel, missing);
    }

    private void add(KernelModule module, Map<String, KernelModule> order, Set<String> above)
            throws UnusablePartException {
        if (order.containsKey(module.name())) {
            return;
        }
        if (!above.add(module.name())) {
            throw new UnusablePartException("these modules of %s need one another: %s"
                    .formatted(folder, String.join(", ", above)));
        }
        for (String needed : module.needs()) {
            Optional<KernelModule> found =
                    order.containsKey(needed) ? Optional.empty() : needed(module, needed);
            if (found.isPresent()) {
                add(found.get(), order, above);
            }
        }
        above.remove(module.name());
        if (order.size() == MODULE_LIMIT) {
            throw new UnusablePartException(
                    "more than %d modules are needed".formatted(MODULE_LIMIT));
        }
        order.put(module.name(), module);
    }

    private Optional<KernelModule> needed(KernelModule by, String name)
            throws UnusablePartException {
        Optional<KernelModule> module = module(name);
        if (module.isEmpty() && !isBuiltIn(name)) {
            throw new UnusablePartException("the module %s needs %s, which is not in %s"
                    .formatted(by.name(), name, folder));
        }
        return module;
    }
}
