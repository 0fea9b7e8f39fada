using PatchOperator.Agent.Hosts;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Building;

/// <summary>Where the packages of an image come from, for its build and for its own package manager after that.</summary>
internal sealed class RpmRepositories(HostRoot root, RpmTool tool, ImageRequestSource source)
{
    /// <summary>Where the image has the keys.</summary>
    public const string Keys = "/etc/pki/rpm-gpg/RPM-GPG-KEY-image";

    public void Write()
    {
        foreach (var repository in source.Repositories)
            Write($"{tool.Folders[0]}/{repository.Id}.repo", string.Concat(Lines(repository).Select(line => line + "\n")));
        if (source.GpgKeys is { } keys)
            Write(Keys, keys);
    }

    /// <summary>What packages have brought is no source of the image. Emptied and not removed: with its next update a package would bring it again.</summary>
    public void EmptyOthers()
    {
        Write();
        var own = source.Repositories.Select(repository => root.Locate($"{tool.Folders[0]}/{repository.Id}.repo")).ToHashSet();
        var others = tool.Folders.Select(root.Locate).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.repo")).Except(own);
        foreach (var file in others.Where(file => new FileInfo(file).LinkTarget is null))
            File.WriteAllText(file, "");
    }

    private IEnumerable<string> Lines(ImageRequestRepository repository) =>
    [
        $"[{repository.Id}]",
        $"name={repository.Id}",
        $"baseurl={repository.BaseUrl}",
        "enabled=1",
        .. repository.GpgCheck ? ["gpgcheck=1", $"gpgkey=file://{Keys}"] : new[] { "gpgcheck=0" },
        .. tool.Lines,
    ];

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(root.Locate(Path.GetDirectoryName(path)!));
        File.WriteAllText(root.Locate(path), text);
    }
}
