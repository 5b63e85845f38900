package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Opener;
import cofferdam.monitor.disk.qcow2.Qcow2Image;
import cofferdam.monitor.disk.raw.RawImage;
import cofferdam.monitor.disk.signature.ImageSignature;
import cofferdam.monitor.disk.vhd.VhdImage;
import cofferdam.monitor.disk.vmdk.VmdkImage;

import java.io.IOException;
import java.util.List;

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
    public Opened open(String format, ByteSource file, Opener opener, Keys keys)
            throws IOException {
        return switch (format) {
            case RAW -> Opened.alone(RawImage.open(file));
            case "qcow2" -> qcow2(file);
            case "vmdk" -> vmdk(file, opener);
            case "vpc" -> vhd(file);
            default ->
                throw new MalformedImageException(
                        CommonProblem.NOT_READ, "images of the format %s".formatted(format));
        };
    }

    private static Opened qcow2(ByteSource file) throws IOException {
        Qcow2Image image = Qcow2Image.open(file, Opener.NOTHING);
        return new Opened(image, false, image::withBacking);
    }

    private static Opened vmdk(ByteSource file, Opener opener) throws IOException {
        VmdkImage image = VmdkImage.open(file, opener);
        return new Opened(image, false, image::withBacking);
    }

    private static Opened vhd(ByteSource file) throws IOException {
        VhdImage image = VhdImage.open(file);
        return new Opened(image, false, image::withBacking);
    }
}
