package cofferdam.monitor.qemu;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Frames that tests send and look for. */
final class Frames {

    private static final int OPERATION = 21;

    private Frames() {}

    /** An ARP request from 10.0.0.1 or 10.1.0.1, for that address in the same network. */
    static byte[] arpRequest(String address) {
        String target = hex(address);
        String sender = target.substring(0, 6) + "01";
        return HexFormat.of()
                .parseHex("ffffffffffff" + "020000000001" + "0806" + "0001080006040001"
                        + "020000000001" + sender + "000000000000" + target);
    }

    static boolean isArpRequest(List<Byte> frame) {
        return isArp(frame) && frame.get(OPERATION) == 1;
    }

    static boolean isArpReply(List<Byte> frame) {
        return isArp(frame) && frame.get(OPERATION) == 2;
    }

    static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte each : bytes) {
            list.add(each);
        }
        return list;
    }

    private static boolean isArp(List<Byte> frame) {
        return frame.size() > OPERATION && frame.get(12) == 8 && frame.get(13) == 6;
    }

    private static String hex(String address) {
        StringBuilder hex = new StringBuilder();
        for (String part : address.split("\\.", -1)) {
            hex.append("%02x".formatted(Integer.parseInt(part)));
        }
        return hex.toString();
    }
}
