package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.View;

import java.util.List;

/**
 * One image of a chain.
 *
 * @param number 0 for the image itself, counted on towards its last backing image
 * @param files for each of the image's own files the index among all host files; -1 for what is not
 *     a host file
 * @param unlocked whether it is enciphered and its views are deciphered all the same
 * @param hasBacking whether another layer stands behind it
 */
record Layer(
        int number, DiskImage image, List<Integer> files, boolean unlocked, boolean hasBacking) {

    /** The index of an extent's file among all host files; -1 where it is none. */
    int fileOf(Extent extent) {
        return extent.file() < files.size() ? files.get(extent.file()) : -1;
    }

    ByteSource content(int view) {
        return image.views().get(view).content();
    }

    /** What the layer of a view is called in findings. */
    String nameOf(int view) {
        String name = image.views().get(view).layer();
        return number > 0 && name.equals(View.ACTIVE) ? "backing:" + number : name;
    }

    Hit.Claim claimOf(int view) {
        String name = image.views().get(view).layer();
        if (name.equals(View.ACTIVE)) {
            return Hit.Claim.ACTIVE;
        }
        return name.startsWith("vmstate:") ? Hit.Claim.MACHINE_STATE : Hit.Claim.SNAPSHOT;
    }
}
