package cofferdam.scenarios.comparison;

import java.util.List;

/**
 * Where two policies differ.
 *
 * @param first a policy's name
 * @param second another's
 * @param keys in how many keys they are configured differently
 * @param differences in the order of the matrix
 */
public record Pairing(String first, String second, int keys, List<Difference> differences) {

    public Pairing {
        differences = List.copyOf(differences);
    }
}
