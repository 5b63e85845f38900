package cofferdam.attacks.network;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

/** The victims of these tests. */
final class People {

    static final Ipv4Address ANNE_IP = Ipv4Address.parse("10.0.0.1");
    static final MacAddress ANNE = MacAddress.parse("02:00:00:00:00:01");
    static final Ipv4Address BILL_IP = Ipv4Address.parse("10.0.0.3");
    static final MacAddress BILL = MacAddress.parse("02:00:00:00:00:03");
    static final MacAddress STRANGER = MacAddress.parse("02:00:00:00:00:99");

    private People() {}
}
