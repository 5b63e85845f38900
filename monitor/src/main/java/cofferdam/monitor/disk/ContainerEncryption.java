package cofferdam.monitor.disk;

/** How a container enciphers its data; its own structures stay plain in every case. */
public enum ContainerEncryption {
    NONE,
    /** The AES-CBC of old qcow2 files, which QEMU's documentation calls flawed. */
    QCOW2_AES,
    /** A LUKS header inside a qcow2 file. */
    QCOW2_LUKS
}
