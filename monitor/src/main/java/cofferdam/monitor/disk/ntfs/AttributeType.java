package cofferdam.monitor.disk.ntfs;

/** The types of attributes that matter here (Linux-NTFS documentation, "$AttrDef"). */
final class AttributeType {

    static final long ATTRIBUTE_LIST = 0x20;
    static final long FILE_NAME = 0x30;
    static final long VOLUME_INFORMATION = 0x70;
    static final long DATA = 0x80;
    static final long END = 0xffffffffL;

    private AttributeType() {}
}
