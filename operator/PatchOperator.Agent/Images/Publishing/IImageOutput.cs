using PatchOperator.Agent.Images.Running;

namespace PatchOperator.Agent.Images.Publishing;

/// <summary>Where images are kept: a repository or a volume.</summary>
internal interface IImageOutput
{
    /// <summary>Puts a kept image into the workspace, checked against its digest.</summary>
    /// <exception cref="ImageFailureException">There is none, or it cannot be had.</exception>
    Task FetchAsync(string digest, string version, Workspace workspace, CancellationToken stop);

    /// <summary>Looks at every byte of the image in the workspace.</summary>
    /// <exception cref="InvalidDataException">There is none; the message names the file and what is wrong with it.</exception>
    Task<FoundImage> FindAsync(Workspace workspace, CancellationToken stop);
}
