/**
 * The machine under test: the interface that every monitor implements, the emulated host, and the
 * formats in which a run's evidence is kept. Used by {@code attacks}, {@code analysis} and
 * {@code scenarios}; knows none of them.
 */
module cofferdam.monitor {
    requires transitive org.jspecify;
    requires org.snakeyaml.engine;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires com.fasterxml.jackson.annotation;
    requires com.github.luben.zstd_jni;
    requires org.bouncycastle.provider;

    exports cofferdam.monitor;
    exports cofferdam.monitor.address;
    exports cofferdam.monitor.disk;
    exports cofferdam.monitor.disk.bitlocker;
    exports cofferdam.monitor.disk.ext;
    exports cofferdam.monitor.disk.ext.write;
    exports cofferdam.monitor.disk.fat;
    exports cofferdam.monitor.disk.integrity;
    exports cofferdam.monitor.disk.luks;
    exports cofferdam.monitor.disk.ntfs;
    exports cofferdam.monitor.disk.partition;
    exports cofferdam.monitor.disk.qcow2;
    exports cofferdam.monitor.disk.raw;
    exports cofferdam.monitor.disk.signature;
    exports cofferdam.monitor.disk.swap;
    exports cofferdam.monitor.disk.vhd;
    exports cofferdam.monitor.disk.vmdk;
    exports cofferdam.monitor.emulated;
    exports cofferdam.monitor.evidence;
    exports cofferdam.monitor.initramfs;
    exports cofferdam.monitor.live;
    exports cofferdam.monitor.net;
    exports cofferdam.monitor.packet;
    exports cofferdam.monitor.pcapng;
    exports cofferdam.monitor.policy;
    exports cofferdam.monitor.qemu;
    exports cofferdam.monitor.recording;
    exports cofferdam.monitor.wire;
    exports cofferdam.monitor.yaml;

    // Event records are read and written as JSON by reflection.
    opens cofferdam.monitor.evidence to
            tools.jackson.databind;
}
