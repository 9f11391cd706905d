using Agent.Pipeline.Rooms;

namespace Agent.Worker.Jobs;

/// <summary>The room of one job; disposing it leaves.</summary>
internal interface IJobRoom : IAsyncDisposable
{
    /// <summary>The room as the session sees it.</summary>
    IConversationRoom Conversation { get; }

    /// <summary>Why the job is no longer in the room; null while it is.</summary>
    RoomEnd? End { get; }
}
