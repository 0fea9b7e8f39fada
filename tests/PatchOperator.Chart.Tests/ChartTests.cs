namespace PatchOperator.Chart.Tests;

/// <summary>The chart as a package.</summary>
public class ChartTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Lint_has_nothing_to_say(int version) => Assert.Contains("0 chart(s) failed", Helm.Of(version).Run("lint", "--strict", Repository.Chart), StringComparison.Ordinal);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void It_can_be_packaged(int version)
    {
        var folder = Directory.CreateTempSubdirectory("chart-");
        try
        {
            Helm.Of(version).Run("package", Repository.Chart, "--destination", folder.FullName);
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

    /// <summary>The CustomResourceDefinitions, the versions, and the table of values in README.md.</summary>
    [Fact]
    public void What_hack_chart_writes_is_current()
    {
        var folder = Directory.CreateTempSubdirectory("chart-");
        try
        {
            Repository.Run("cp", "-a", $"{Repository.Chart}/.", folder.FullName);
            Repository.Run(Repository.Of("hack/chart"), folder.FullName);

            var (exitCode, differences, _) = Repository.Try("diff", "-r", Repository.Chart, folder.FullName);
            Assert.True(exitCode == 0, $"run hack/chart:\n{differences}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_notes_name_the_namespace_and_say_whose_the_CRDs_are()
    {
        string Notes(string enabled) =>
            Helm.Four.Run("install", "patch-operator", Repository.Chart, "--namespace", "patching", "--dry-run=client", "--set", $"crds.enabled={enabled}").Split("NOTES:")[1];

        Assert.Contains("in the namespace patching, its Jobs are in patch-operator-jobs", Notes("true"), StringComparison.Ordinal);
        Assert.DoesNotContain("kubectl apply -k crds", Notes("true"), StringComparison.Ordinal);
        Assert.Contains("kubectl apply -k crds", Notes("false"), StringComparison.Ordinal);
    }
}
