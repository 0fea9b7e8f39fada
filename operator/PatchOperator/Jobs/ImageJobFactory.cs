using System.Text;
using System.Text.Json;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Engine;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Jobs;

/// <summary>
/// Builds the Job of a build, <c>build</c>, <c>test</c>, <c>scan</c> one after the other and then <c>report</c>, or of a scan, which has <c>pull</c> in place
/// of the first two. What handles the image's content runs as root; what talks to the registry has no rights at all; none has an API token.
/// </summary>
internal sealed class ImageJobFactory(OperatorOptions options)
{
    /// <summary>The container whose termination message is the Job's result.</summary>
    public const string ReportContainer = "report";

    private const string WorkspaceVolume = "workspace";
    private const string PullSecretVolume = "pull-secret";
    private const string PushSecretVolume = "push-secret";
    private const string OutputVolume = "output";
    private const long Nobody = 65532;

    // Everything in an image is dated at or before this, so that equal contents are equal images whenever they are built.
    private static readonly DateTimeOffset SourceDateEpoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan StartAllowance = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TimeToLive = TimeSpan.FromHours(6);

    public V1Job Create(ImageBaseline baseline, ImageJobRequest request)
    {
        var kind = request.Job.Kind;
        var timeout = Durations.Parse(kind == ImageJobKind.Build ? baseline.Spec.Builder.Timeout : baseline.Spec.Scan.Timeout);
        return JobShell.Of(
            new V1ObjectMeta
            {
                Name = request.Job.Name,
                NamespaceProperty = options.JobNamespace,
                Labels = new Dictionary<string, string>
                {
                    [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy,
                    [ApiGroup.BaselineLabel] = baseline.Metadata.Name,
                    [ApiGroup.StepLabel] = kind.ToString().ToLowerInvariant(),
                },
                OwnerReferences =
                [
                    new V1OwnerReference
                    {
                        ApiVersion = ApiGroup.GroupVersion,
                        Kind = ImageBaseline.KindName,
                        Name = baseline.Metadata.Name,
                        Uid = baseline.Metadata.Uid,
                        Controller = true,
                    },
                ],
            },
            timeout + StartAllowance,
            TimeToLive,
            Pod(baseline, request));
    }

    private V1PodSpec Pod(ImageBaseline baseline, ImageJobRequest request)
    {
        var environment = Environment(baseline, request);
        var spec = baseline.Spec;
        return new V1PodSpec
        {
            RestartPolicy = "Never",
            ServiceAccountName = "patch-agent",
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            TerminationGracePeriodSeconds = 30,
            NodeSelector = new Dictionary<string, string> { ["kubernetes.io/os"] = "linux" },
            // A volume's files must be the reporter's to write; without one the workspace is anyone's, and its folders have no group to inherit.
            SecurityContext = spec.Output.Volume is null ? null : new V1PodSecurityContext { FsGroup = Nobody },
            InitContainers = request.Job.Kind == ImageJobKind.Build
                ? [Build(spec, environment), Rooted("test", environment), Rooted("scan", environment)]
                : [Unprivileged("pull", spec, environment), Rooted("scan", environment)],
            Containers = [Unprivileged(ReportContainer, spec, environment)],
            Volumes = [.. Volumes(spec)],
            // A builder's image may be as private as a base image. Without, those of the ServiceAccount count: it is one or the other.
            ImagePullSecrets = spec is { Builder.Image: not null, Source.PullSecret: { } secret } ? [new V1LocalObjectReference { Name = secret }] : null,
        };
    }

    private V1Container Build(ImageBaselineSpec spec, IList<V1EnvVar> environment)
    {
        var custom = spec.Builder.Type == ImageBuilderType.Custom;
        var container = Rooted("build", environment);
        container.Image = spec.Builder.Image ?? options.ToolsImage;
        container.Resources = spec.Builder.Resources;
        if (spec.Source.PullSecret is not null)
            container.VolumeMounts.Add(Mount(PullSecretVolume, Path.GetDirectoryName(ImageWorkspace.PullSecret)!, readOnly: true));
        if (custom)
        {
            container.Command = spec.Builder.Command.Count > 0 ? spec.Builder.Command : null;
            container.SecurityContext = new V1SecurityContext { Privileged = spec.Builder.Privileged };
        }

        return container;
    }

    private V1Container Rooted(string step, IList<V1EnvVar> environment) => new()
    {
        Name = step,
        Image = options.ToolsImage,
        ImagePullPolicy = "IfNotPresent",
        Command = ["/app/patch-agent", "image", step],
        Env = environment,
        SecurityContext = new V1SecurityContext { Privileged = true, RunAsUser = 0, RunAsNonRoot = false },
        TerminationMessagePolicy = "File",
        VolumeMounts = [Mount(WorkspaceVolume, ImageWorkspace.Path)],
    };

    private V1Container Unprivileged(string step, ImageBaselineSpec spec, IList<V1EnvVar> environment)
    {
        var container = new V1Container
        {
            Name = step,
            Image = options.AgentImage,
            ImagePullPolicy = "IfNotPresent",
            Command = ["/app/patch-agent", "image", step],
            Env = environment,
            SecurityContext = new V1SecurityContext
            {
                RunAsUser = Nobody,
                RunAsGroup = Nobody,
                RunAsNonRoot = true,
                AllowPrivilegeEscalation = false,
                ReadOnlyRootFilesystem = true,
                Capabilities = new V1Capabilities { Drop = ["ALL"] },
                SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            TerminationMessagePolicy = "File",
            VolumeMounts = [Mount(WorkspaceVolume, ImageWorkspace.Path)],
        };
        if (spec.Output.PushSecret is not null)
            container.VolumeMounts.Add(Mount(PushSecretVolume, Path.GetDirectoryName(ImageWorkspace.PushSecret)!, readOnly: true));
        if (spec.Output.Volume is { } volume)
            container.VolumeMounts.Add(new V1VolumeMount { Name = OutputVolume, MountPath = ImageWorkspace.Volume, SubPath = volume.Path });
        return container;
    }

    private static V1VolumeMount Mount(string volume, string path, bool readOnly = false) =>
        new() { Name = volume, MountPath = path, ReadOnlyProperty = readOnly ? true : null };

    private static IEnumerable<V1Volume> Volumes(ImageBaselineSpec spec)
    {
        yield return new V1Volume { Name = WorkspaceVolume, EmptyDir = new V1EmptyDirVolumeSource() };
        if (spec.Source.PullSecret is { } pull)
            yield return new V1Volume { Name = PullSecretVolume, Secret = new V1SecretVolumeSource { SecretName = pull } };
        if (spec.Output.PushSecret is { } push)
            yield return new V1Volume { Name = PushSecretVolume, Secret = new V1SecretVolumeSource { SecretName = push } };
        if (spec.Output.Volume is { } volume)
            yield return new V1Volume { Name = OutputVolume, PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = volume.ClaimName } };
    }

    private static List<V1EnvVar> Environment(ImageBaseline baseline, ImageJobRequest request) =>
    [
        new() { Name = ImageRequest.EnvironmentVariable, Value = Serialize(Request(baseline, request)) },
        new() { Name = ImageWorkspace.PathVariable, Value = ImageWorkspace.Path },
        new() { Name = "SOURCE_DATE_EPOCH", Value = SourceDateEpoch.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture) },
    ];

    // Where there are more updates than a variable holds, the first runs that fit are taken, each with all of its systems: the next scan looks for the others.
    private static string Serialize(ImageRequest request)
    {
        var fitting = request with { Expected = [] };
        var json = ToJson(fitting);
        foreach (var run in request.Expected.GroupBy(expected => expected.Run))
        {
            var more = fitting with { Expected = [.. fitting.Expected, .. run] };
            if (ToJson(more) is var longer && Encoding.UTF8.GetByteCount(longer) <= ImageRequest.MaxBytes)
                (fitting, json) = (more, longer);
        }

        return json;
    }

    private static string ToJson(ImageRequest request) => JsonSerializer.Serialize(request, ContractJson.Default.ImageRequest);

    private static ImageRequest Request(ImageBaseline baseline, ImageJobRequest request)
    {
        var spec = baseline.Spec;
        return new ImageRequest
        {
            Baseline = baseline.Metadata.Name,
            Mode = request.Job.Kind == ImageJobKind.Build ? ImageJobMode.Build : ImageJobMode.Scan,
            Digest = request.Job.Digest,
            Version = request.Version,
            SourceDateEpoch = SourceDateEpoch.ToUnixTimeSeconds(),
            StartedAt = request.Job.StartedAt,
            Builder = Builder(spec.Builder.Type),
            Source = new ImageRequestSource
            {
                Image = spec.Source.Image,
                Suite = spec.Source.Suite,
                Mirrors = spec.Source.Mirrors,
                Repositories =
                [
                    .. spec.Source.Repositories.Select(
                        repository => new ImageRequestRepository(repository.Id, repository.BaseUrl, repository.GpgCheck)),
                ],
                GpgKeys = spec.Source.GpgKeys,
                Insecure = spec.Source.Insecure,
            },
            Recipe = new ImageRequestRecipe
            {
                Install = spec.Recipe.Packages.Install,
                Remove = spec.Recipe.Packages.Remove,
                Hold = spec.Recipe.Packages.Hold,
                Updates = Updates(spec.Recipe.Updates),
                Scripts = [.. spec.Recipe.Scripts.Select(script => new ImageRequestScript(script.Name, script.Run))],
            },
            Tests = [.. spec.Tests.Select(test => new ImageRequestTest(test.Name, test.Command, (int)Durations.Parse(test.Timeout).TotalSeconds))],
            Output = new ImageRequestOutput
            {
                Format = Format(spec.Output.Format),
                Repository = spec.Output.Repository,
                TagTemplate = spec.Output.TagTemplate,
                Insecure = spec.Output.Insecure,
            },
            Expected =
            [
                .. request.Expected.Select(
                    run => new ExpectedUpdates(
                        run.RunUid, run.OsFamily, run.Architecture, [.. run.Updates.Select(update => new ApprovedUpdate(update.Name, update.Version))])),
            ],
            Known = [.. request.Known.Select(image => new KnownImage(image.Digest, image.Version))],
            Superfluous = [.. request.Superfluous.Select(image => new KnownImage(image.Digest, image.Version))],
        };
    }

    // No arm for the rest: a new name that is not mapped is an error of the compiler. Numbers without a name, of which CS8524 warns, no API server lets
    // through.
#pragma warning disable CS8524
    private static ImageRequestBuilder Builder(ImageBuilderType type) => type switch
    {
        ImageBuilderType.Mmdebstrap => ImageRequestBuilder.Mmdebstrap,
        ImageBuilderType.Buildah => ImageRequestBuilder.Buildah,
        ImageBuilderType.Dnf => ImageRequestBuilder.Dnf,
        ImageBuilderType.Zypper => ImageRequestBuilder.Zypper,
        ImageBuilderType.Custom => ImageRequestBuilder.Custom,
    };

    private static ImageRequestUpdates Updates(ImageUpdates updates) => updates switch
    {
        ImageUpdates.All => ImageRequestUpdates.All,
        ImageUpdates.SecurityOnly => ImageRequestUpdates.SecurityOnly,
        ImageUpdates.None => ImageRequestUpdates.None,
    };

    private static ImageRequestFormat Format(ImageFormat format) => format switch
    {
        ImageFormat.Oci => ImageRequestFormat.Oci,
        ImageFormat.Tar => ImageRequestFormat.Tar,
        ImageFormat.RawDisk => ImageRequestFormat.RawDisk,
    };
#pragma warning restore CS8524
}
