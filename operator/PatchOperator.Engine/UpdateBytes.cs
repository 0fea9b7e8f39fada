namespace PatchOperator.Engine;

/// <summary>What updates take where they are written down, as JSON: in a plan, and in the variable that a Job is asked by.</summary>
internal static class UpdateBytes
{
    /// <summary>The most for one node: Linux gives a variable 128 KiB, and the rest of a request has its share.</summary>
    public const int Most = 96 * 1024;

    /// <param name="name">The package's.</param>
    /// <param name="version">The version that is planned.</param>
    /// <param name="removes">What goes for it; null: nothing.</param>
    public static int Of(string name, string version, IReadOnlyCollection<string>? removes) =>
        // The names of fields take the rest.
        25 + name.Length + version.Length + (removes is null ? 0 : 13 + removes.Sum(other => other.Length + 3));
}
