using PatchOperator.Api;
using PatchOperator.Engine.Images;

namespace PatchOperator.Engine.Tests.Images;

public class InputsHashTests
{
    /// <summary>A change here rebuilds every image of everybody who upgrades the operator.</summary>
    [Fact]
    public void The_hash_of_a_spec_is_the_same_in_every_version_of_the_operator() =>
        Assert.Equal("v1-c64595e0632b174d", InputsHash.Of(Full));

    public static TheoryData<Func<ImageBaselineSpec, ImageBaselineSpec>> Changes => new()
    {
        spec => spec with { Source = spec.Source with { Suite = "trixie" } },
        spec => spec with { Source = spec.Source with { Mirrors = [] } },
        spec => spec with { Source = spec.Source with { Repositories = [new ImageRepository { Id = "a", BaseUrl = "http://a" }] } },
        spec => spec with { Source = spec.Source with { GpgKeys = "a key" } },
        spec => spec with { Recipe = spec.Recipe with { Updates = ImageUpdates.None } },
        spec => spec with { Recipe = spec.Recipe with { Packages = spec.Recipe.Packages with { Hold = [] } } },
        spec => spec with { Recipe = spec.Recipe with { Packages = new ImagePackages { Install = ["bash", "curl"], Hold = ["linux-image-amd64"] } } },
        spec => spec with { Recipe = spec.Recipe with { Scripts = [new ImageScript { Name = "motd", Run = "echo 2" }] } },
        spec => spec with { Builder = new ImageBuilder { Type = ImageBuilderType.Custom, Image = "b" } },
        spec => spec with { Output = spec.Output with { Format = ImageFormat.Tar } },
        spec => spec with { Output = spec.Output with { Repository = "registry.example.com/other" } },
        spec => spec with { Tests = [] },
        spec => spec with { Gate = new ImageGate { OnFinding = GateAction.Report } },
    };

    [Theory, MemberData(nameof(Changes))]
    public void What_decides_what_is_built_changes_it(Func<ImageBaselineSpec, ImageBaselineSpec> change) =>
        Assert.NotEqual(InputsHash.Of(Full), InputsHash.Of(change(Full)));

    [Fact]
    public void One_value_cannot_pass_for_two() => Assert.NotEqual(
        InputsHash.Of(new ImageBaselineSpec { Recipe = new ImageRecipe { Packages = new ImagePackages { Install = ["a", "b"] } } }),
        InputsHash.Of(new ImageBaselineSpec { Recipe = new ImageRecipe { Packages = new ImagePackages { Install = ["a\"\ninstall \"b"] } } }));

    private static ImageBaselineSpec Full => new()
    {
        Source = new ImageSource { Suite = "bookworm", Mirrors = ["deb http://deb.debian.org/debian bookworm main"] },
        Recipe = new ImageRecipe
        {
            Packages = new ImagePackages { Install = ["curl", "bash"], Hold = ["linux-image-amd64"] },
            Scripts = [new ImageScript { Name = "motd", Run = "echo 1" }],
        },
        Output = new ImageOutput { Repository = "registry.example.com/golden" },
        Tests = [new ImageTest { Name = "boots", Command = ["true"] }],
    };
}
