using System.Text.Json.Serialization;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Api;

/// <summary>The golden image that new nodes start from, kept as patched as the live ones.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KindName, PluralName = "imagebaselines")]
public sealed class ImageBaseline : CustomKubernetesEntity<ImageBaselineSpec, ImageBaselineStatus>
{
    public const string KindName = "ImageBaseline";

    public ImageBaseline()
    {
        ApiVersion = ApiGroup.GroupVersion;
        Kind = KindName;
    }
}

public sealed record ImageBaselineSpec
{
    public ImageSource Source { get; init; } = new();

    public ImageRecipe Recipe { get; init; } = new();

    public ImageBuilder Builder { get; init; } = new();

    public ImageOutput Output { get; init; } = new();

    public ImageTriggers Triggers { get; init; } = new();

    /// <summary>How often the image is scanned for updates that came out since it was built.</summary>
    public ScanSettings Scan { get; init; } = new();

    /// <summary>Commands that must succeed inside the built image.</summary>
    public List<ImageTest> Tests { get; init; } = [];

    public ImageGate Gate { get; init; } = new();

    public ImagePromotion Promotion { get; init; } = new();

    public ImageRetention Retention { get; init; } = new();

    /// <summary>How live nodes are told to come from this image; absent: nodes are not counted.</summary>
    public ImageNodes? Nodes { get; init; }

    /// <summary>Digests of images that must not run any more; nodes that still do are named, and a revoked image is never promoted.</summary>
    public List<string> Revoked { get; init; } = [];

    /// <summary>Nothing is built, scanned or promoted; what is under way finishes.</summary>
    public bool Suspend { get; init; }
}

/// <summary>What the image is made from.</summary>
public sealed record ImageSource
{
    public ImageSourceType Type { get; init; }

    /// <summary>Image: the base image.</summary>
    public string? Image { get; init; }

    /// <summary>Suite: the distribution's suite, such as <c>bookworm</c>.</summary>
    public string? Suite { get; init; }

    /// <summary>
    /// Package repositories, one-line style: <c>deb [options] URI suite components</c>. Absent: the distribution's own, with its updates and security suites,
    /// or what the base image has.
    /// </summary>
    public List<string> Mirrors { get; init; } = [];

    /// <summary>A Secret of type kubernetes.io/dockerconfigjson in the namespace of the operator's Jobs: to pull the base image with, and the builder's own.</summary>
    public string? PullSecret { get; init; }

    /// <summary>Image: the registry speaks plain HTTP.</summary>
    public bool Insecure { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ImageSourceType>))]
public enum ImageSourceType
{
    Suite,
    Image,
}

public sealed record ImageRecipe
{
    public ImagePackages Packages { get; init; } = new();

    public ImageUpdates Updates { get; init; } = ImageUpdates.All;

    /// <summary>Shell scripts, run in order in the image's root after packages and updates.</summary>
    public List<ImageScript> Scripts { get; init; } = [];
}

public sealed record ImagePackages
{
    public List<string> Install { get; init; } = [];

    public List<string> Remove { get; init; } = [];

    /// <summary>Put on hold: not updated in the image, nor on nodes made from it.</summary>
    public List<string> Hold { get; init; } = [];
}

/// <summary>Which updates the build installs over what the source has.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageUpdates>))]
public enum ImageUpdates
{
    All,
    SecurityOnly,
    None,
}

public sealed record ImageScript
{
    public string Name { get; init; } = "";

    public string Run { get; init; } = "";
}

public sealed record ImageBuilder
{
    public ImageBuilderType Type { get; init; }

    /// <summary>The image of the build container; required for Custom, else the operator's own tools.</summary>
    public string? Image { get; init; }

    /// <summary>Custom: the command, instead of the image's entrypoint.</summary>
    public List<string> Command { get; init; } = [];

    /// <summary>Custom: whether the build container is privileged. The other builders always are.</summary>
    public bool Privileged { get; init; }

    public V1ResourceRequirements? Resources { get; init; }

    /// <summary>How long one build may take, tests and scan included.</summary>
    public string Timeout { get; init; } = "1h";
}

[JsonConverter(typeof(JsonStringEnumConverter<ImageBuilderType>))]
public enum ImageBuilderType
{
    Mmdebstrap,
    Buildah,
    Custom,
}

public sealed record ImageOutput
{
    public ImageFormat Format { get; init; }

    /// <summary>The repository in a registry, such as <c>registry.example.com/golden/worker</c>.</summary>
    public string? Repository { get; init; }

    /// <summary>The tag of each image: <c>{baseline}</c>, <c>{date}</c>, <c>{time}</c> and <c>{digest}</c> (its first 12 digits) are filled in.</summary>
    public string TagTemplate { get; init; } = "{date}-{digest}";

    /// <summary>The tag that is moved to each image as it is promoted.</summary>
    public string CurrentTag { get; init; } = "current";

    /// <summary>A Secret of type kubernetes.io/dockerconfigjson in the namespace of the operator's Jobs.</summary>
    public string? PushSecret { get; init; }

    /// <summary>The registry speaks plain HTTP.</summary>
    public bool Insecure { get; init; }

    /// <summary>Tar and RawDisk: a volume to write files to, instead of a repository.</summary>
    public ImageVolume? Volume { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<ImageFormat>))]
public enum ImageFormat
{
    Oci,
    Tar,
    RawDisk,
}

public sealed record ImageVolume
{
    /// <summary>A PersistentVolumeClaim in the namespace of the operator's Jobs.</summary>
    public string ClaimName { get; init; } = "";

    /// <summary>The folder in it.</summary>
    public string? Path { get; init; }
}

/// <summary>What starts a build, besides the first one, a changed spec and the annotation <see cref="ApiGroup.RebuildAnnotation"/>.</summary>
public sealed record ImageTriggers
{
    public ImageSchedule? Schedule { get; init; }

    /// <summary>Names of PatchWindows: a build starts as each opens.</summary>
    public List<string> Windows { get; init; } = [];

    /// <summary>The age at which the current image is rebuilt.</summary>
    public string? MaxAge { get; init; }

    /// <summary>Which updates, found pending in the image, cause a rebuild.</summary>
    public ImagePendingTrigger OnPendingUpdates { get; init; } = ImagePendingTrigger.Security;

    /// <summary>Names of PatchPolicies: what their runs install on nodes, the image must have too.</summary>
    public List<string> OnPolicies { get; init; } = [];
}

public sealed record ImageSchedule
{
    public string Cron { get; init; } = "";

    public string TimeZone { get; init; } = "UTC";
}

[JsonConverter(typeof(JsonStringEnumConverter<ImagePendingTrigger>))]
public enum ImagePendingTrigger
{
    Security,
    All,
    Never,
}

public sealed record ImageTest
{
    public string Name { get; init; } = "";

    /// <summary>The command and its arguments, run in the image's root.</summary>
    public List<string> Command { get; init; } = [];

    public string Timeout { get; init; } = "5m";
}

/// <summary>What keeps a built image from promotion, besides a failed test.</summary>
public sealed record ImageGate
{
    /// <summary>How many security updates may be pending in the image.</summary>
    public int MaxPendingSecurity { get; init; }

    public GateAction OnFinding { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<GateAction>))]
public enum GateAction
{
    /// <summary>The image is rejected.</summary>
    Fail,

    /// <summary>The image is promoted nonetheless; the finding is reported.</summary>
    Report,
}

public sealed record ImagePromotion
{
    public PromotionMode Mode { get; init; }

    /// <summary>How long a verified image waits before it is promoted by itself.</summary>
    public string Soak { get; init; } = "0s";
}

[JsonConverter(typeof(JsonStringEnumConverter<PromotionMode>))]
public enum PromotionMode
{
    Automatic,

    /// <summary>A person promotes, by the annotation <see cref="ApiGroup.PromoteAnnotation"/>.</summary>
    Manual,
}

/// <summary>What is kept in the repository. What the current image, a live node or a waiting candidate needs is always kept.</summary>
public sealed record ImageRetention
{
    /// <summary>How many images that were current before.</summary>
    public int Keep { get; init; } = 3;

    /// <summary>How many rejected images.</summary>
    public int Failed { get; init; } = 1;
}

public sealed record ImageNodes
{
    /// <summary>The nodes that should come from this image; <c>{}</c> means all.</summary>
    public V1LabelSelector? Selector { get; init; }

    public ImageIdentity IdentifyBy { get; init; } = new();
}

/// <summary>Where a node says what image it came from: one of the three. The value holds the image's digest, or its tag.</summary>
public sealed record ImageIdentity
{
    /// <summary>The key of an annotation on the Node.</summary>
    public string? Annotation { get; init; }

    /// <summary>The key of a label on the Node.</summary>
    public string? Label { get; init; }

    /// <summary>The Node's status.nodeInfo.osImage, which is PRETTY_NAME of its os-release.</summary>
    public bool OsImage { get; init; }
}
