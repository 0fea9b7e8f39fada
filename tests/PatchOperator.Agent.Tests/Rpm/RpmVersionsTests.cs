using System.Globalization;
using PatchOperator.Agent.Tests.Grammars;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Tests.Rpm;

public class RpmVersionsTests
{
    private const string Alphabet = "0123456789abzAZ.~^+_";
    private const string Compare = "%{lua: for line in io.lines('FILE') do local a, b = line:match('(.*) (.*)'); print(rpm.vercmp(a, b) .. '\\n') end}";

    [Fact]
    public void The_order_is_the_one_of_rpm()
    {
        var (versions, releases) = (GeneratedVersions.Pairs(100_000, seed: 1, Alphabet), GeneratedVersions.Pairs(100_000, seed: 2, Alphabet));

        AssertOrder([.. versions.Zip(releases, (version, release) => ($"{version.Left}-{release.Left}", $"{version.Right}-{release.Right}"))]);
    }

    [Theory]
    [InlineData("1.0-1", "1:0.1-1", -1)]
    [InlineData("0:1.0-1", "1.0-1", 0)]
    [InlineData("1.0-1.el9", "1.0-1.el9_2", -1)]
    [InlineData("1.0~rc1-1", "1.0-1", -1)]
    [InlineData("1.0^20260101-1", "1.0-1", 1)]
    [InlineData("1.0^20260101-1", "1.0.1-1", -1)]
    [InlineData("1.010-1", "1.10-1", 0)]
    public void Epoch_version_and_release_count_in_this_order(string left, string right, int order) =>
        Assert.Equal(order, Math.Sign(RpmVersions.Order.Compare(left, right)));

    private static void AssertOrder(IReadOnlyList<(string Left, string Right)> pairs)
    {
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, pairs.Select(pair => $"{pair.Left} {pair.Right}"));
        var answers = Shell.Run("rpm", "--eval", Compare.Replace("FILE", file, StringComparison.Ordinal)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        File.Delete(file);

        Assert.Equal(pairs.Count, answers.Length);
        Assert.Empty(pairs.Zip(answers)
            .Where(pair => Math.Sign(RpmVersions.Order.Compare(pair.First.Left, pair.First.Right)) != int.Parse(pair.Second, CultureInfo.InvariantCulture))
            .Select(pair => $"{pair.First}: {pair.Second}")
            .Take(10));
    }
}
