using PatchOperator.Agent.Hosts;

namespace PatchOperator.Agent.Images.Building;

/// <summary>A tool that makes a root file system, which the recipe is then applied to.</summary>
internal interface IImageBuilder : IAsyncDisposable
{
    /// <summary>Makes the root file system from its source, with the packages and updates that the recipe asks for.</summary>
    /// <returns>What runs commands in it.</returns>
    Task<HostCommands> MakeAsync(CancellationToken stop);

    /// <summary>Writes it as an OCI layout.</summary>
    Task WriteOciAsync(string layout, CancellationToken stop);
}
