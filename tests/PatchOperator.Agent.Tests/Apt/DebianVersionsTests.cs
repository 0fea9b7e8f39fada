using System.Globalization;
using PatchOperator.Agent.Tests.Grammars;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Tests.Apt;

public class DebianVersionsTests
{
    /// <summary>dpkg's own comparison in Perl, of which a hundred thousand take a second and not minutes.</summary>
    private const string Compare = "use Dpkg::Version; while (<STDIN>) { chomp; my ($a, $b) = split / /; print version_compare($a, $b), qq(\\n) }";

    private static readonly string[] Versions =
    [
        "0~~", "0~", "0", "00", "1.0~rc1-1", "1.0-1", "1.0", "1.0-0", "1.0-1~deb12u1", "1.0-1+b1", "1.0-1+deb12u1", "1.0a", "1.0+a", "1.0.1", "1.00.1",
        "1.10-1", "1.9-1",
        "2:0.1-1", "1:9", "2.36-9+deb12u10", "2.36-9+deb12u9", "2.36-9", "20230101", "6.1.0-18-1", "1.0-a-1", "9999999999999999999999.1",
    ];

    [Fact]
    public void The_order_is_the_one_of_dpkg()
    {
        foreach (var (left, right) in Versions.SelectMany(left => Versions.Select(right => (left, right))))
            Assert.True(Dpkg(left, right) == Math.Sign(DebianVersions.Order.Compare(left, right)), $"{left} and {right}");
    }

    [Fact]
    public void The_order_is_the_one_of_dpkg_for_whatever_is_generated()
    {
        var pairs = GeneratedVersions.Pairs(105_000, seed: 1, "0123456789abzAZ.~+-").Select(pair => (Left: $"0:1{pair.Left}", Right: $"0:1{pair.Right}"))
            .Where(pair => IsVersion(pair.Left) && IsVersion(pair.Right)).ToList();
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, pairs.Select(pair => $"{pair.Left} {pair.Right}"));
        var answers = Shell.Run("sh", "-c", "perl -e \"$1\" < \"$2\"", "sh", Compare, file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        File.Delete(file);

        Assert.True(pairs.Count > 90_000, $"{pairs.Count} pairs");
        Assert.Equal(pairs.Count, answers.Length);
        Assert.Empty(pairs.Zip(answers)
            .Where(pair => Math.Sign(DebianVersions.Order.Compare(pair.First.Left, pair.First.Right)) != int.Parse(pair.Second, CultureInfo.InvariantCulture))
            .Select(pair => $"{pair.First}: {pair.Second}")
            .Take(10));
    }

    /// <summary>A dash at the end leaves no revision, which dpkg refuses.</summary>
    private static bool IsVersion(string version) => !version.EndsWith('-');

    private static int Dpkg(string left, string right) =>
        Shell.Try("dpkg", "--compare-versions", left, "lt", right).ExitCode == 0
            ? -1
            : Shell.Try("dpkg", "--compare-versions", left, "gt", right).ExitCode == 0 ? 1 : 0;
}
