#nullable disable // as the package: no annotations

namespace k8s;

/// <summary>What a watch reports of an object.</summary>
public enum WatchEventType
{
    /// <summary>It was created, came to match the selector, or was there when the watch began.</summary>
    Added,

    /// <summary>It was changed.</summary>
    Modified,

    /// <summary>It was deleted, or no longer matches the selector.</summary>
    Deleted,

    /// <summary>The watch failed; 410 means that its resource version is too old.</summary>
    Error,

    /// <summary>Nothing happened up to this resource version; the object has no other content.</summary>
    Bookmark,
}
