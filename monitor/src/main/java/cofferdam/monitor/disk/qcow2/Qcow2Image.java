package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Reference;
import cofferdam.monitor.disk.SectorCipher;
import cofferdam.monitor.disk.View;
import cofferdam.monitor.disk.qcow2.HeaderExtensions.Place;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A qcow2 image of version 2 or 3, for reading. The external data file is told and never opened. The
 * backing file is opened if the opener allows it, as bytes: whoever opens the chain opens those as an
 * image of their format and gives its active disk to {@link #withBacking}, and so decides how deep a
 * chain may be.
 */
public final class Qcow2Image implements DiskImage {

    /** Pieces of 4 KiB of tables that views keep, and that the check of reference counts keeps. */
    private static final int KEPT_PIECES = 64;

    private static final int KEPT_PIECES_OF_CHECK = 1024;

    private final ByteSource file;
    private final Qcow2Header header;
    private final HeaderExtensions extensions;
    private final Snapshot.Table snapshots;
    private final List<Reference> references;
    private final @Nullable ByteSource backingFile;
    private final @Nullable SectorCipher cipher;
    private final List<Problem> problems;
    private final CompressedClusters compressed;
    private final ViewList views;

    private Qcow2Image(
            ByteSource file,
            Qcow2Header header,
            HeaderExtensions extensions,
            Snapshot.Table snapshots,
            List<Reference> references,
            @Nullable ByteSource backingFile,
            @Nullable SectorCipher cipher,
            List<Problem> problems,
            @Nullable ByteSource backing) {
        this.file = file;
        this.header = header;
        this.extensions = extensions;
        this.snapshots = snapshots;
        this.references = references;
        this.backingFile = backingFile;
        this.cipher = cipher;
        this.problems = problems;
        compressed = new CompressedClusters(file, header.layout(), header.compression());
        HostClusters host = new HostClusters(
                file, header.layout(), header.encryption(), isExternal(header), cipher);
        Entries entries = Entries.cached(file, KEPT_PIECES);
        views = ViewList.of(header, snapshots.snapshots(), entries, host, compressed, backing);
    }

    /** Whether a file begins as a qcow2 file does, of any version. */
    public static boolean recognises(ByteSource file) throws IOException {
        return Qcow2Header.recognises(file);
    }

    /**
     * Opens an image whose data is plain, or whose key is not known: views of an enciphered image
     * then refuse to be read.
     *
     * @param opener asked for the backing file, and for nothing else
     * @throws MalformedImageException if its header is not one that a reader may or can follow
     */
    public static Qcow2Image open(ByteSource file, Opener opener) throws IOException {
        return open(file, opener, null);
    }

    /**
     * Opens an image whose data is enciphered.
     *
     * @param cipher deciphers what views read; sectors are numbered from the file's beginning, or
     *     from the disk's for the old AES method. Compressed clusters are not enciphered
     * @throws MalformedImageException as {@link #open(ByteSource, Opener)}
     */
    public static Qcow2Image open(ByteSource file, Opener opener, @Nullable SectorCipher cipher)
            throws IOException {
        Qcow2Header header = Qcow2Header.read(file);
        List<Problem> problems = new ArrayList<>();
        HeaderExtensions extensions = HeaderExtensions.read(file, header, problems);
        Snapshot.Table snapshots = Snapshot.read(file, header, problems);
        List<Reference> references = References.of(file, header, extensions, problems);
        addFlags(header, problems);
        Optional<ByteSource> backing = Optional.empty();
        for (Reference reference : references) {
            if (reference.role() == Reference.Role.BACKING) {
                backing = opener.open(reference);
            }
        }
        return new Qcow2Image(
                file,
                header,
                extensions,
                snapshots,
                references,
                backing.orElse(null),
                cipher,
                List.copyOf(problems),
                null);
    }

    /** The backing file as bytes, if it was opened; its format is the reference's to tell. */
    public Optional<ByteSource> backing() {
        return Optional.ofNullable(backingFile);
    }

    /** The same image, which reads what it does not have itself from this disk. */
    public Qcow2Image withBacking(ByteSource disk) {
        return new Qcow2Image(
                file,
                header,
                extensions,
                snapshots,
                references,
                backingFile,
                cipher,
                problems,
                disk);
    }

    /** The LUKS header with its key slots, if there is one inside the file. */
    public Optional<ByteSource> encryptionHeader() throws IOException {
        Place place = extensions.encryption();
        if (place == null
                || place.length() <= 0
                || place.offset() < 0
                || place.offset() > file.size() - place.length()) {
            return Optional.empty();
        }
        return Optional.of(file.slice(place.offset(), place.length()));
    }

    /** The size of a cluster in bytes. */
    public int clusterSize() {
        return header.clusterSize();
    }

    @Override
    public String format() {
        return "qcow2";
    }

    @Override
    public long virtualSize() {
        return header.size();
    }

    @Override
    public ContainerEncryption encryption() {
        return header.encryption();
    }

    @Override
    public List<ByteSource> files() {
        return backingFile == null ? List.of(file) : List.of(file, backingFile);
    }

    @Override
    public List<View> views() {
        return views.views();
    }

    @Override
    public List<Reference> references() {
        return references;
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    /**
     * Walks all tables. An L2 table that several disks share is told for the first of them; a cluster
     * that one disk has in several places is told for the first place. Bytes of a cluster whose
     * subcluster is not allocated are told as {@link Extent.Kind#ZERO_FLAGGED}: they are there, and
     * the view does not show them.
     */
    @Override
    public List<Problem> walk(Consumer<Extent> visitor) throws IOException {
        Accounts accounts = new Accounts(file, header.layout(), visitor);
        try {
            walk(accounts);
        } catch (MalformedImageException e) {
            if (e.problem().kind() != CommonProblem.WORK_LIMIT) {
                throw e;
            }
            accounts.log().add(CommonProblem.WORK_LIMIT, "%s", e.problem().detail());
        }
        accounts.runs().finish();
        return accounts.log().problems();
    }

    @Override
    public byte[] decode(Extent extent) throws IOException {
        int length = (int) Math.clamp(extent.fileLength(), 0, 2L * header.clusterSize());
        byte[] cluster = compressed.cluster(extent.fileOffset(), length);
        int wanted = Math.clamp(extent.guestLength(), 0, cluster.length);
        return wanted == cluster.length ? cluster : Arrays.copyOf(cluster, wanted);
    }

    private void walk(Accounts accounts) throws IOException {
        TableCounts tables = new TableCounts();
        StructureWalk structures = new StructureWalk(accounts, header, tables);
        structures.container(extensions, snapshots);
        int number = 0;
        for (MappedView view : views.mapped()) {
            structures.mapping(view.l1(), number++, view.name());
        }
        views.checkSizes(header.layout(), accounts.log());
        Refcounts refcounts = Refcounts.of(header, Entries.cached(file, KEPT_PIECES_OF_CHECK));
        DataWalk data = new DataWalk(accounts, tables, refcounts, isExternal(header));
        for (MappedView view : views.mapped()) {
            data.walk(view);
        }
        if (accounts.counts().isComplete()) {
            new RefcountCheck(accounts, refcounts).check();
            return;
        }
        accounts.log()
                .add(
                        CommonProblem.WORK_LIMIT,
                        "the reference counts of so many clusters are not checked");
    }

    private static boolean isExternal(Qcow2Header header) {
        return header.isSet(Qcow2Header.EXTERNAL_DATA);
    }

    private static void addFlags(Qcow2Header header, List<Problem> problems) {
        if (header.isSet(Qcow2Header.DIRTY)) {
            problems.add(new Problem(Qcow2Problem.DIRTY, "the dirty bit is set"));
        }
        if (header.isSet(Qcow2Header.CORRUPT)) {
            problems.add(new Problem(Qcow2Problem.CORRUPT, "the corrupt bit is set"));
        }
        if (header.encryption() == ContainerEncryption.QCOW2_AES) {
            problems.add(new Problem(Qcow2Problem.QCOW2_AES, "encryption method 1"));
        }
    }
}
