using System.Text.RegularExpressions;
using PatchOperator.Testing;

namespace PatchOperator.Mutations;

/// <summary>A deliberate break of the product, which a test is to notice.</summary>
/// <param name="Name">Its key in <c>mutations.yaml</c>.</param>
/// <param name="Breaks">What goes wrong with it, in words.</param>
/// <param name="File">The file of C# that it changes, from the repository's root.</param>
/// <param name="Before">What it takes away.</param>
/// <param name="After">What stands there instead.</param>
/// <param name="Simulated">Whether whole rollouts under random faults are to notice it by themselves.</param>
internal sealed record Mutation(string Name, string Breaks, string File, string Before, string After, bool Simulated)
{
    /// <summary>All of them, as the working tree has them.</summary>
    public static IReadOnlyList<Mutation> All { get; } =
    [
        .. Yaml.Documents(System.IO.File.ReadAllText(Repository.PathOf("tests/PatchOperator.Mutations/mutations.yaml"))).Single().Select(mutation => new Mutation(
            mutation.Key,
            (string)mutation.Value!["breaks"]!,
            (string)mutation.Value["file"]!,
            (string)mutation.Value["before"]!,
            (string)mutation.Value["after"]!,
            (bool?)mutation.Value["simulation"] == true)),
    ];

    /// <summary>How often what it takes away stands in a text: only once is it clear what it breaks.</summary>
    public int Occurrences(string text) => Pattern.Count(text);

    /// <summary>The text with this break.</summary>
    public string Apply(string text) => Pattern.Replace(text, _ => After);

    // How lines are broken and indented does not count: a formatter may do it otherwise.
    private Regex Pattern => new(string.Join(@"\s+", Before.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Regex.Escape)));
}
