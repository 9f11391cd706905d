using System.Runtime.InteropServices;
using Agent.Providers.OpenAi.Speech.Http;

namespace Agent.Providers.OpenAi.Speech.Synthesis;

/// <summary>A piece of text that is being spoken.</summary>
/// <param name="Answer">The vendor's answer.</param>
/// <param name="Ends">How many of the written pieces end with it: itself, and those before it that have nothing to say; 0 where more of its own follows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpokenPiece(Task<ResponseBody> Answer, int Ends);
