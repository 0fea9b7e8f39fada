using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Agent.Tests.Apt;

public class DebianVersionsTests
{
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

    private static int Dpkg(string left, string right) =>
        Shell.Try("dpkg", "--compare-versions", left, "lt", right).ExitCode == 0
            ? -1
            : Shell.Try("dpkg", "--compare-versions", left, "gt", right).ExitCode == 0 ? 1 : 0;
}
