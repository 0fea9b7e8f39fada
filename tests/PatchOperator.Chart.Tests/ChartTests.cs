namespace PatchOperator.Chart.Tests;

/// <summary>The chart as a package.</summary>
public class ChartTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Lint_has_nothing_to_say(int version) =>
        Assert.Contains("0 chart(s) failed", Helm.Of(version).Run("lint", "--strict", Chart.Folder), StringComparison.Ordinal);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void It_can_be_packaged(int version)
    {
        var folder = Directory.CreateTempSubdirectory("chart-");
        try
        {
            Helm.Of(version).Run("package", Chart.Folder, "--destination", folder.FullName);
            var package = Assert.Single(folder.GetFiles("patch-operator-*.tgz")).FullName;

            // A release is a Secret, of 1 MiB at most, and holds the package and what it renders.
            Assert.InRange(new FileInfo(package).Length, 1, 200_000);
            Assert.Equal(Helm.Of(version).Template(), Helm.Of(version).Run("template", "patch-operator", package, "--namespace", "patch-operator-system"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The CustomResourceDefinitions, alerts and dashboard, the versions, the table of values in README.md, and the PrometheusRule.</summary>
    [Fact]
    public void What_hack_chart_writes_is_current()
    {
        var folder = Directory.CreateTempSubdirectory("chart-");
        try
        {
            var (chart, rule) = (folder.CreateSubdirectory("chart").FullName, folder.CreateSubdirectory("rule").FullName);
            Command.Run("cp", ["-a", $"{Chart.Folder}/.", chart]).Succeeded();
            Command.Run(Repository.PathOf("hack/chart"), [chart, rule]).Succeeded();

            AssertSame(Chart.Folder, chart);
            AssertSame(Repository.PathOf("config/monitoring/prometheus-rule.yaml"), $"{rule}/prometheus-rule.yaml");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void AssertSame(string here, string written)
    {
        var differences = Command.Run("diff", ["-r", here, written]);
        Assert.True(differences.ExitCode == 0, $"run hack/chart:\n{differences.Output}");
    }

    [Fact]
    public void The_notes_name_the_namespace_and_say_whose_the_CRDs_are()
    {
        string Notes(string enabled) =>
            Helm.Four.Run(
                "install", "patch-operator", Chart.Folder, "--namespace", "patching", "--dry-run=client", "--set",
                $"crds.enabled={enabled}").Split("NOTES:")[1];

        Assert.Contains("in the namespace patching, its Jobs are in patch-operator-jobs", Notes("true"), StringComparison.Ordinal);
        Assert.DoesNotContain("kubectl apply -k crds", Notes("true"), StringComparison.Ordinal);
        Assert.Contains("kubectl apply -k crds", Notes("false"), StringComparison.Ordinal);
    }
}
