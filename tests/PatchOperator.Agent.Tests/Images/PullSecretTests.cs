using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>The Secret that opens the registry of a base image.</summary>
public sealed class PullSecretTests : IDisposable
{
    private readonly TestRegistry registry = TestRegistry.Start(login: true);
    private readonly ImageWorkspaceFolder workspace = new(size: null);

    public void Dispose()
    {
        workspace.Dispose();
        registry.Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.*:")]
    public async Task A_key_opens_the_registry(string host)
    {
        workspace.PullSecret = Secret($"\"{host}{Port}\"");

        Assert.Contains("manifest unknown", (await BuildAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task Each_login_that_fits_is_tried()
    {
        workspace.PullSecret = Secret($$"""
            "{{registry.Address}}/golden":{"username":"other","password":"barley"},"127.0.0.*:{{Port}}"
            """);

        Assert.Contains("manifest unknown", (await BuildAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_another_registry_does_not()
    {
        workspace.PullSecret = Secret($"\"127.0.0.2:{Port}\"");

        (await BuildAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.RegistryDenied);
    }

    [Fact]
    public async Task A_pull_secret_that_is_none_is_told()
    {
        workspace.PullSecret = "golden:sesame";

        var message = (await BuildAsync()).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

        Assert.Equal("source.pullSecret: the Docker configuration is not JSON: line 1, byte 1", message);
    }

    private string Port => registry.Address.Split(':')[1];

    private Task<ImageOutcome> BuildAsync() => workspace.RunAsync("build", new ImageRequest
    {
        Baseline = "worker",
        Builder = ImageRequestBuilder.Buildah,
        Source = new() { Image = $"{registry.Address}/golden/base:1", Insecure = true },
    });

    /// <param name="keys">What stands in place of the registry's own key, in JSON.</param>
    private string Secret(string keys) => registry.DockerConfig.Replace($"\"{registry.Address}\"", keys, StringComparison.Ordinal);
}
