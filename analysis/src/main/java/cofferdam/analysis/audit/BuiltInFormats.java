package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.SectorCipher;
import cofferdam.monitor.disk.luks.LuksProblem;
import cofferdam.monitor.disk.luks.LuksVolume;
import cofferdam.monitor.disk.qcow2.Qcow2Image;
import cofferdam.monitor.disk.raw.RawImage;
import cofferdam.monitor.disk.signature.ImageSignature;
import cofferdam.monitor.disk.vhd.VhdImage;
import cofferdam.monitor.disk.vmdk.VmdkImage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The container formats that Cofferdam reads. */
final class BuiltInFormats implements Formats {

    @Override
    public List<String> signatures(ByteSource file) throws IOException {
        return ImageSignature.allOf(file).stream()
                .filter(ImageSignature::isContainer)
                .map(ImageSignature::format)
                .distinct()
                .toList();
    }

    @Override
    public Opened open(String format, ByteSource file, Opener opener, Unlocker unlocker)
            throws IOException {
        return switch (format) {
            case RAW -> Opened.alone(RawImage.open(file));
            case "qcow2" -> qcow2(file, unlocker);
            case "vmdk" -> vmdk(file, opener);
            case "vpc" -> vhd(file);
            default ->
                throw new MalformedImageException(
                        CommonProblem.NOT_READ, "images of the format %s".formatted(format));
        };
    }

    private static Opened qcow2(ByteSource file, Unlocker unlocker) throws IOException {
        Qcow2Image locked = Qcow2Image.open(file, Opener.NOTHING);
        List<Problem> problems = new ArrayList<>();
        Optional<SectorCipher> cipher = switch (locked.encryption()) {
            case NONE -> Optional.empty();
            case QCOW2_AES -> unlocker.oldQcow2Cipher();
            case QCOW2_LUKS -> luks(locked, unlocker, problems);
        };
        Qcow2Image image =
                cipher.isEmpty() ? locked : Qcow2Image.open(file, Opener.NOTHING, cipher.get());
        return new Opened(image, cipher.isPresent(), problems, image::withBacking);
    }

    private static Optional<SectorCipher> luks(
            Qcow2Image image, Unlocker unlocker, List<Problem> problems) throws IOException {
        try {
            Optional<ByteSource> header = image.encryptionHeader();
            if (header.isEmpty()) {
                return Optional.empty();
            }
            LuksVolume volume = LuksVolume.open(header.get());
            volume.problems().stream()
                    // Its data lies in clusters of its own in every such file.
                    .filter(problem -> problem.kind() != LuksProblem.DETACHED)
                    .forEach(problems::add);
            return unlocker.cipher(volume, problems::add);
        } catch (MalformedImageException e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private static Opened vmdk(ByteSource file, Opener opener) throws IOException {
        VmdkImage image = VmdkImage.open(file, opener);
        return new Opened(image, false, List.of(), image::withBacking);
    }

    private static Opened vhd(ByteSource file) throws IOException {
        VhdImage image = VhdImage.open(file);
        return new Opened(image, false, List.of(), image::withBacking);
    }
}
