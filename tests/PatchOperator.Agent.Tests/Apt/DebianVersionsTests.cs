using PatchOperator.Agent.Tests.Grammars;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Tests.Apt;

public class DebianVersionsTests
{
    private const int Generated = 100_000;

    private static readonly string[] Epochs = ["", "0:", "1:", "2:", "02:", "10:"];

    private static readonly string[] Versions =
    [
        "0~~", "0~", "0", "00", "1.0~rc1-1", "1.0-1", "1.0", "1.0-0", "1.0-1~deb12u1", "1.0-1+b1", "1.0-1+deb12u1", "1.0a", "1.0+a", "1.0.1", "1.00.1",
        "1.10-1", "1.9-1",
        "2:0.1-1", "1:9", "2.36-9+deb12u10", "2.36-9+deb12u9", "2.36-9", "20230101", "6.1.0-18-1", "1.0-a-1", "9999999999999999999999.1",
    ];

    [Fact]
    public void The_order_is_the_one_that_dpkg_tells_when_it_is_asked() => Assert.All(
        Versions.SelectMany(left => Versions.Select(right => (Left: left, Right: right))),
        pair => Shell.Run("dpkg", "--compare-versions", pair.Left, Relation(pair), pair.Right));

    [Fact]
    public void The_order_is_the_one_of_dpkg_for_whatever_is_generated()
    {
        var random = new Random(1);
        var pairs = GeneratedVersions.Pairs(Generated * 6 / 5, seed: 1, "0123456789abzAZ.~+-")
            .Select(pair => (Left: $"{Epoch(random)}1{pair.Left}", Right: $"{Epoch(random)}1{pair.Right}"))
            .Where(pair => IsVersion(pair.Left) && IsVersion(pair.Right)).Take(Generated).ToList();

        Assert.Equal(Generated, pairs.Count);
        Assert.Equal((Generated, ""), Satisfied(pairs));
    }

    [Fact]
    public void A_pair_that_dpkg_would_order_otherwise_is_named() => Assert.Equal(
        (1, "b1 depends on a1 (= 1.0~rc1); however:"),
        (Satisfied([("1.0", "1.00")]).Count, Satisfied([("1.0", "1.00"), ("1.0", "1.0~rc1")], _ => "=").Complaint));

    /// <summary>A dash at the end leaves no revision, which dpkg refuses.</summary>
    private static bool IsVersion(string version) => !version.EndsWith('-');

    private static string Epoch(Random random) => Epochs[random.Next(Epochs.Length)];

    private static string Relation((string Left, string Right) pair) => DebianVersions.Order.Compare(pair.Left, pair.Right) switch { < 0 => "<<", > 0 => ">>", _ => "=" };

    /// <summary>
    /// Has dpkg itself compare, by what it makes of dependencies: a process for each pair would take minutes. For each there is a package at the left version, and
    /// one that depends on that being earlier than the right version, later or equal, as our order has it: which of them could be configured, it says.
    /// </summary>
    /// <returns>How many could, and what dpkg says of the first that could not; empty where all could.</returns>
    private static (int Count, string Complaint) Satisfied(List<(string Left, string Right)> pairs, Func<(string Left, string Right), string>? relation = null)
    {
        var folder = Directory.CreateTempSubdirectory("patch-operator-dpkg-").FullName;
        Directory.CreateDirectory($"{folder}/updates");
        Directory.CreateDirectory($"{folder}/info");
        File.WriteAllText($"{folder}/info/format", "1\n");
        File.WriteAllText($"{folder}/available", "");
        File.WriteAllLines($"{folder}/status", pairs.SelectMany((pair, index) => new[]
        {
            Stanza($"a{index}", pair.Left, "installed", ""),
            Stanza($"b{index}", "1", "unpacked", $"Depends: a{index} ({(relation ?? Relation)(pair)} {pair.Right})\n"),
        }));
        var result = Shell.Try("dpkg", $"--admindir={folder}", "--no-act", $"--abort-after={pairs.Count + 1}", "--configure", "--pending");
        Directory.Delete(folder, recursive: true);
        return (
            result.Output.Split('\n').Count(line => line.StartsWith("Setting up b", StringComparison.Ordinal)),
            result.Errors.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains(" depends on ", StringComparison.Ordinal)) ?? result.Errors);
    }

    private static string Stanza(string name, string version, string state, string more) =>
        $"Package: {name}\nStatus: install ok {state}\nMaintainer: nobody\nArchitecture: all\nVersion: {version}\nDescription: a test\n{more}";
}
