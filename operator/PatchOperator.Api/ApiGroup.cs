namespace PatchOperator.Api;

/// <summary>The API group and the names this product puts on other objects.</summary>
public static class ApiGroup
{
    public const string Name = "patchoperator.io";
    public const string Version = "v1alpha1";
    public const string GroupVersion = Name + "/" + Version;

    /// <summary>Annotation on a Node: the run that cordoned it. Ours to undo; a cordon without it is somebody else's.</summary>
    public const string CordonedByAnnotation = Name + "/cordoned-by";

    /// <summary>Annotation on a Node: the IANA name of the time zone that it goes by, in windows with the timing NodeLocal.</summary>
    public const string TimeZoneAnnotation = Name + "/time-zone";

    /// <summary>Annotation on a PatchPolicy: who has written its spec. Proved by an optional ValidatingAdmissionPolicy, and by nothing else.</summary>
    public const string AuthorAnnotation = Name + "/author";

    /// <summary>Annotation a person sets on a halted PatchRun to let it go on; removed once it has taken effect.</summary>
    public const string ResumeAnnotation = Name + "/resume";

    /// <summary>Annotation a person sets on a PatchPolicy to have its nodes patched now: the reason. Removed once there is a run for it.</summary>
    public const string EmergencyAnnotation = Name + "/emergency";

    /// <summary>Annotation a person sets on an ImageBaseline to have it built now; removed once a build has been reserved for it.</summary>
    public const string RebuildAnnotation = Name + "/rebuild";

    /// <summary>Annotation a person sets on an ImageBaseline to promote its candidate: the candidate's digest. Removed once it has taken effect.</summary>
    public const string PromoteAnnotation = Name + "/promote";

    /// <summary>On a Node that comes next in a run: the key of a taint that pods rather avoid, with the run's name as its value.</summary>
    public const string PatchingTaint = Name + "/patching";

    /// <summary>
    /// On a Node that is not known to be patched as the others of its policy are: the key of a taint that keeps pods away, with the policy's name as its value
    /// where the operator has put it there.
    /// </summary>
    public const string UnpatchedTaint = Name + "/unpatched";

    /// <summary>The label of ClusterRoles that let the operator read what health checks are about; its value is <c>true</c>.</summary>
    public const string HealthChecksLabel = Name + "/aggregate-to-health-checks";

    public const string ManagedByLabel = "app.kubernetes.io/managed-by";
    public const string ManagedBy = "patch-operator";
    public const string PolicyLabel = Name + "/policy";
    public const string RunLabel = Name + "/run";
    public const string NodeLabel = Name + "/node";
    public const string BaselineLabel = Name + "/baseline";
    public const string StepLabel = Name + "/step";

    /// <summary>Label of a Job that a policy has a template for: the hook, such as <c>beforeDrain</c>, or the name of the health check.</summary>
    public const string HookLabel = Name + "/hook";

    /// <summary>The longest value of a label, or of a taint, that Kubernetes takes. The names of nodes may be longer.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>The longest policy name: run names and label values are made from it.</summary>
    public const int MaxPolicyNameLength = 40;

    /// <summary>The longest name of a run: it becomes the value of labels and of a taint.</summary>
    public const int MaxRunNameLength = MaxLabelLength;

    /// <summary>The longest baseline name: it becomes a label value.</summary>
    public const int MaxBaselineNameLength = MaxLabelLength;
}
