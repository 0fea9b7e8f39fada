namespace PatchOperator.Contract.Images;

/// <summary>The folder that all containers of an image Job share, and what lies where in it. Part of the contract with custom builders.</summary>
public static class ImageWorkspace
{
    /// <summary>Where it is mounted; the environment variable <c>WORKSPACE</c> says so too.</summary>
    public const string Path = "/workspace";

    public const string PathVariable = "WORKSPACE";

    /// <summary>Oci: an OCI image layout with one image.</summary>
    public const string OciLayout = "image";

    /// <summary>Tar: the root file system.</summary>
    public const string Tar = "rootfs.tar";

    /// <summary>RawDisk: a disk with a GPT, or a bare ext4 file system.</summary>
    public const string RawDisk = "disk.raw";

    /// <summary>Written by <c>test</c>: a list of <see cref="ImageTestOutcome"/>.</summary>
    public const string Tests = "tests.json";

    /// <summary>Written by <c>scan</c>: <see cref="ImageFindings"/>.</summary>
    public const string Findings = "findings.json";

    /// <summary>Where <c>build</c> finds the source's pull secret, a Docker configuration; there is none unless the spec names one.</summary>
    public const string PullSecret = "/var/run/secrets/patchoperator.io/pull/.dockerconfigjson";

    /// <summary>Where <c>pull</c> and <c>report</c> find the output's push secret.</summary>
    public const string PushSecret = "/var/run/secrets/patchoperator.io/push/.dockerconfigjson";

    /// <summary>Where <c>pull</c> and <c>report</c> find the output's volume, at the folder that the spec names.</summary>
    public const string Volume = "/output";
}
