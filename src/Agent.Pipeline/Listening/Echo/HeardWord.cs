using System.Runtime.InteropServices;

namespace Agent.Pipeline.Listening.Echo;

/// <summary>A word of the agent that the room has heard.</summary>
/// <param name="Text">The word in a form in which it can be compared.</param>
/// <param name="At">When its middle was sent, on the session's clock.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HeardWord(string Text, TimeSpan At);
