package cofferdam.monitor.disk.fat;

/** The character set of the IBM PC, in which short names are read: a disk does not say which it is. */
final class CodePage437 {

    private static final String UPPER_HALF = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
            + "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
            + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

    private CodePage437() {}

    static char character(int octet) {
        return octet < 0x80 ? (char) octet : UPPER_HALF.charAt(octet - 0x80);
    }
}
